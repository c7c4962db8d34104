package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Table;
import dev.dl.core.backend.CpuFeatures;
import dev.dl.core.backend.Doctor;
import dev.dl.core.backend.DoctorReport;
import dev.dl.core.backend.DoctorReport.Problem;
import dev.dl.core.cuda.CudaDevice;
import dev.dl.core.cuda.CudaFindings;
import dev.dl.core.kernel.update.VectorApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what this machine offers, and what to do about what it lacks. */
@Command(mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final Path SELF_TEST = Path.of("self-test.json");

  private final Console console;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the report as JSON.")
  private Path json;

  @Option(
      names = "--self-test",
      description = {
        "Also compute with the GPU and with the CPU, or where there is no GPU that can be used",
        "with two implementations on the CPU, compare and measure them, and write all into one",
        "file to attach to a bug report: that of --json, or self-test.json. Takes minutes."
      })
  private boolean selfTest;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    DoctorReport report = Doctor.examine();
    console.out().print(findings(report));
    console.out().println();
    if (report.problems().isEmpty()) {
      console.out().println("No problems found.");
    }
    for (Problem problem : report.problems()) {
      console.out().println("Problem: " + problem.found() + "; " + problem.remedy());
    }
    boolean usable = report.libraries().gemm();
    if (selfTest) {
      usable &= SelfTestDisplay.run(report, json == null ? SELF_TEST : json, console);
    } else if (json != null) {
      Json.write(json, report);
    }
    return (usable ? ExitCode.SUCCESS : ExitCode.UNAVAILABLE).number();
  }

  private static String findings(DoctorReport report) {
    CpuFeatures cpu = report.cpu();
    DoctorReport.Memory memory = report.memory();
    DoctorReport.Libraries libraries = report.libraries();
    Table table = new Table("WHAT", "FOUND");
    table.add("system", report.system());
    table.add("java", report.java());
    table.add(
        "cpu", cpu.model() + (cpu.avx2() ? ", AVX2" : "") + (cpu.avx512() ? ", AVX-512" : ""));
    table.add("cores", cpu.cores() + " physical, " + report.threads() + " threads used");
    table.add("memory", mebibytes(memory.machineMebibytes()));
    table.add("heap limit", mebibytes(memory.heapMebibytes()));
    table.add("tensor limit", mebibytes(memory.offHeapMebibytes()));
    table.add("nd4j", libraries.nd4j() + (libraries.gemm() ? ", computes correctly" : ""));
    table.add("onednn", libraries.oneDnn() == null ? "not loaded" : libraries.oneDnn());
    table.add("openblas", libraries.openBlas() == null ? "not loaded" : libraries.openBlas());
    table.add("java's loops", "vectors of " + libraries.vectorBits() + " bits");
    table.add(
        "optimizers",
        libraries.vectorApi()
            ? "by the Vector API"
            : "by way of arrays; DL_JAVA_OPTIONS='" + VectorApi.OPTION + "' spares copies");
    addCuda(report.cuda(), table);
    table.add("backend", report.backend() + " (" + report.backend().reason() + ")");
    return table.text();
  }

  private static void addCuda(CudaFindings cuda, Table table) {
    String driver =
        Stream.of(
                cuda.driver() == null ? null : "driver " + cuda.driver(),
                cuda.cuda() == null ? null : "runs CUDA up to " + cuda.cuda(),
                cuda.cudnn() == null ? null : "cuDNN " + cuda.cudnn())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    table.add("cuda", driver.isEmpty() ? cuda.obstacle().found() : driver);
    for (CudaDevice device : cuda.devices()) {
      boolean usable = cuda.usable().equals(Optional.of(device));
      table.add("gpu", device + (usable ? ", computes correctly" : ""));
    }
  }

  private static String mebibytes(long amount) {
    return amount + " MiB";
  }
}
