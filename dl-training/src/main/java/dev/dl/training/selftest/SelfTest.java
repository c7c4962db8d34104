package dev.dl.training.selftest;

import dev.dl.core.backend.DoctorReport;
import dev.dl.core.process.ChildProcess;
import dev.dl.core.process.ChildProcess.End;
import dev.dl.core.run.JsonFile;
import dev.dl.core.tensorfile.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs both sides and compares what they left. */
public final class SelfTest {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** Of float32 in networks of some depth: what a ReLU lets by may hang on rounding. */
  private static final double TOLERANCE = 5e-3;

  /** A GPU may multiply with TF32. */
  private static final double TOLERANCE_OF_CUDA = 5e-2;

  private static final List<String> OPTIONS =
      List.of("-XX:+UseParallelGC", "-Xmx1g", "-Dorg.bytedeco.javacpp.maxBytes=200%");

  private final Path folder;
  private final Consumer<String> progress;
  private final List<String> failures = new ArrayList<>();

  private SelfTest(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Compares CUDA with the CPU where there is a GPU to compute on, and elsewhere the CPU's kernels
   * with ND4J's operations, of which what runs on a GPU is made.
   *
   * @param progress is told what is being done
   */
  public static SelfTestReport run(DoctorReport machine, Consumer<String> progress)
      throws IOException {
    Path folder = Files.createTempDirectory("dl-self-test-");
    try {
      boolean cuda = machine.backend().isCuda();
      return new SelfTest(folder, progress)
          .compare(machine, cuda ? Side.CUDA : Side.CPU, cuda ? Side.CPU : Side.OPERATIONS);
    } finally {
      remove(folder);
    }
  }

  private SelfTestReport compare(DoctorReport machine, Side tested, Side reference)
      throws IOException {
    Map<String, SideReport> sides = new LinkedHashMap<>();
    run(reference, false).ifPresent(report -> sides.put(label(reference), report));
    run(tested, true).ifPresent(report -> sides.put(label(tested), report));
    List<Agreement> agreements = new ArrayList<>();
    double tolerance = tested == Side.CUDA ? TOLERANCE_OF_CUDA : TOLERANCE;
    for (String name : SelfTestProcess.cases()) {
      agreements.add(agreement(name, tested, reference, tolerance));
    }
    return new SelfTestReport(
        Optional.ofNullable(SelfTest.class.getPackage().getImplementationVersion())
            .orElse("development"),
        label(tested) + " with " + label(reference),
        machine,
        agreements,
        sides,
        failures);
  }

  private Optional<SideReport> run(Side side, boolean measured) throws IOException {
    progress.accept(
        "computing with %s%s"
            .formatted(label(side), measured ? ", and measuring: takes minutes" : ""));
    Path own = Files.createDirectories(folder.resolve(side.name()));
    End end =
        new ChildProcess(OPTIONS, List.of(SelfTestProcess.class.getName()))
            .run(LIMIT, side.name(), own.toString(), Boolean.toString(measured));
    Path report = own.resolve(SelfTestProcess.REPORT);
    if (end.exitCode() == 0 && Files.exists(report)) {
      return Optional.of(JsonFile.read(report, SideReport.class));
    }
    String how = end.inTime() ? "ended with " + end.exitCode() : "did not end in time";
    String crash = end.crash() == null ? "" : " in " + end.crash();
    failures.add(label(side) + " " + how + crash + ": " + end.err());
    return Optional.empty();
  }

  private Agreement agreement(String name, Side tested, Side reference, double tolerance)
      throws IOException {
    Path first = folder.resolve(tested.name()).resolve(name);
    Path second = folder.resolve(reference.name()).resolve(name);
    return Files.exists(first) && Files.exists(second)
        ? Agreement.of(name, SafeTensors.read(first), SafeTensors.read(second), tolerance)
        : Agreement.missing(name);
  }

  private static String label(Side side) {
    return switch (side) {
      case CUDA -> "CUDA";
      case CPU -> "the CPU's kernels";
      case OPERATIONS -> "ND4J's operations on the CPU";
    };
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
