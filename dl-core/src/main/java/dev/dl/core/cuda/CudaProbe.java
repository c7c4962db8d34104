package dev.dl.core.cuda;

import dev.dl.core.cuda.ProbeAnswer.Failure;
import dev.dl.core.process.ChildProcess;
import dev.dl.core.process.ChildProcess.End;
import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks child processes what there is of CUDA: the first what the driver shows, the second whether a
 * device computes.
 *
 * @param child the program that answers as {@link ProbeProcess} does
 * @param built whether ND4J's CUDA build is on the class path
 * @param driverLimit how long the first may take
 * @param computeLimit how long the second may take, which unpacks libraries on first use
 */
record CudaProbe(ChildProcess child, boolean built, Duration driverLimit, Duration computeLimit) {
  private static final String DRIVER = "the NVIDIA driver";
  private static final List<String> SMALL =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dorg.bytedeco.javacpp.maxBytes=1g");

  /** As this class path is; ten seconds are usual on machines with many GPUs, and at first. */
  static CudaProbe standard() {
    return new CudaProbe(
        new ChildProcess(SMALL, List.of(ProbeProcess.class.getName())),
        CudaBinaries.present(),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5));
  }

  /** How a child answered: what it found, or why nothing can be told. */
  private record Reply(ProbeAnswer answer, CudaObstacle obstacle) {}

  /**
   * What there is, and whether it computes.
   *
   * @param kernelModule version of the kernel's part of the driver
   * @param wanted index of a device; {@code null} for the first that can be used
   * @param environment of this process
   */
  CudaFindings examine(
      Optional<String> kernelModule, Integer wanted, Map<String, String> environment) {
    String driver = kernelModule.orElse(null);
    Reply reply = ask(DRIVER, driverLimit, ProbeProcess.DRIVER);
    if (reply.obstacle != null) {
      return CudaFindings.without(driver, reply.obstacle);
    }
    ProbeAnswer answer = reply.answer;
    List<CudaDevice> devices = answer.devices();
    String cuda = answer.cudaVersion() == 0 ? null : CudaBinaries.version(answer.cudaVersion());
    Optional<CudaDevice> chosen =
        devices.stream()
            .filter(each -> wanted == null || each.index() == wanted)
            .filter(CudaBinaries::runOn)
            .findFirst();
    Optional<CudaObstacle> obstacle = ofDriver(answer, wanted, chosen, environment);
    if (obstacle.isPresent()) {
      return new CudaFindings(driver, cuda, devices, null, null, obstacle.get());
    }
    return compute(driver, cuda, devices, chosen.orElseThrow());
  }

  private Optional<CudaObstacle> ofDriver(
      ProbeAnswer answer,
      Integer wanted,
      Optional<CudaDevice> chosen,
      Map<String, String> environment) {
    List<CudaDevice> devices = answer.devices();
    if (answer.cudaVersion() > 0 && answer.cudaVersion() < CudaBinaries.CUDA_VERSION) {
      return Optional.of(CudaObstacle.driverTooOld(answer.cudaVersion()));
    }
    boolean none = answer.failure() == null && devices.isEmpty();
    if (none || answer.failure() == Failure.NO_DEVICE) {
      return Optional.of(CudaObstacle.noDevice(environment.get(CudaSetup.VISIBLE_DEVICES)));
    }
    if (answer.failure() != null) {
      return Optional.of(CudaObstacle.driverFails(answer.detail()));
    }
    if (wanted != null && wanted >= devices.size()) {
      return Optional.of(CudaObstacle.noSuchDevice(wanted, devices));
    }
    if (chosen.isEmpty()) {
      return Optional.of(
          CudaObstacle.unsupportedDevices(wanted == null ? devices : List.of(devices.get(wanted))));
    }
    return built ? Optional.empty() : Optional.of(CudaObstacle.notBuilt());
  }

  private CudaFindings compute(
      String driver, String cuda, List<CudaDevice> devices, CudaDevice device) {
    Reply reply =
        ask(device.toString(), computeLimit, ProbeProcess.COMPUTE, String.valueOf(device.index()));
    CudaObstacle obstacle = reply.obstacle;
    if (obstacle == null && reply.answer.failure() != null) {
      String detail = reply.answer.detail();
      obstacle =
          reply.answer.failure() == Failure.NUMBERS
              ? CudaObstacle.wrongNumbers(device.toString(), detail)
              : CudaObstacle.libraryMissing(detail);
    }
    return obstacle == null
        ? new CudaFindings(driver, cuda, devices, device.index(), cudnn(reply.answer.cudnn()), null)
        : new CudaFindings(driver, cuda, devices, null, null, obstacle);
  }

  private static String cudnn(long version) {
    return version == 0 ? null : version / 1000 + "." + version % 1000 / 100 + "." + version % 100;
  }

  private Reply ask(String what, Duration limit, String... arguments) {
    End end;
    try {
      end = child.run(limit, arguments);
    } catch (IOException failed) {
      return new Reply(null, CudaObstacle.garbage(what, failed.getMessage()));
    }
    Optional<ProbeAnswer> answer = answer(end.out());
    if (!end.inTime()) {
      return new Reply(null, CudaObstacle.hangs(what, limit.toSeconds()));
    }
    if (answer.isPresent()) {
      return new Reply(answer.get(), null);
    }
    // cuDNN loads parts of itself late, and aborts the process where it cannot.
    Optional<String> library =
        end.err().lines().filter(line -> line.contains("Could not load library")).findFirst();
    if (library.isPresent()) {
      return new Reply(null, CudaObstacle.libraryMissing(library.get().strip()));
    }
    if (end.crash() != null) {
      return new Reply(null, CudaObstacle.crashes(what, end.crash()));
    }
    if (end.exitCode() > 128) {
      return new Reply(null, CudaObstacle.crashes(what, "signal " + (end.exitCode() - 128)));
    }
    return new Reply(null, CudaObstacle.garbage(what, said(end)));
  }

  private static Optional<ProbeAnswer> answer(String out) {
    List<String> lines = out.lines().toList();
    for (int last = lines.size() - 1; last >= 0; last--) {
      Optional<ProbeAnswer> answer = JsonFile.value(lines.get(last), ProbeAnswer.class);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  private static String said(End end) {
    String first = (end.err() + "\n" + end.out()).strip().lines().findFirst().orElse("nothing");
    return "exit " + end.exitCode() + ": " + first.substring(0, Math.min(200, first.length()));
  }
}
