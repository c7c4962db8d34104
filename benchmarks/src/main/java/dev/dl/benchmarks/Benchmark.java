package dev.dl.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures engines in processes of their own, in turns (A B A B), and prints a table. */
@Command(name = "benchmarks/run", mixinStandardHelpOptions = true, showDefaultValues = true)
final class Benchmark implements Callable<Integer> {
  /** Hides the start-up lines of the libraries, not their errors. */
  private static final List<String> QUIET =
      List.of("-Dslf4j.internal.verbosity=ERROR", "-Dorg.bytedeco.javacpp.logger=slf4j");

  @Option(names = "--workload", description = "Network and batch.", defaultValue = "cnn28")
  private Workload workload;

  @Option(
      names = "--engines",
      split = ",",
      description = "In the order of their turns; ratios are to the first.",
      defaultValue = "stock,stock-tuned,dl")
  private List<Contender> engines;

  @Option(names = "--rounds", description = "Processes of each engine.", defaultValue = "3")
  private int rounds;

  @Option(names = "--seconds", description = "Time of each, warm-up too.", defaultValue = "30")
  private int seconds;

  @Option(names = "--threads", description = "Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "Also write all figures here.")
  private Path json;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Benchmark())
            .registerConverter(Workload.class, Workload::of)
            .registerConverter(Contender.class, Contender::of)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, List<Measurement>> measurements = new LinkedHashMap<>();
    engines.forEach(contender -> measurements.put(contender.name(), new ArrayList<>()));
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : engines) {
        Measurement measurement = measure(contender);
        measurements.get(contender.name()).add(measurement);
        System.err.printf(
            Locale.ROOT,
            "round %d/%d %s: %.1f images/s%n",
            round,
            rounds,
            contender.name(),
            measurement.imagesPerSecond());
      }
    }
    Comparison comparison = new Comparison(measurements);
    System.out.print(comparison.table());
    if (json != null) {
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(json.toFile(), report(comparison));
    }
    return 0;
  }

  private Map<String, Object> report(Comparison comparison) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("workload", workload.label());
    report.put("threads", threads);
    report.put("secondsPerProcess", seconds);
    report.put("java", Runtime.version().toString());
    report.put("engines", comparison.json());
    return report;
  }

  private Measurement measure(Contender contender) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUIET);
    command.addAll(contender.javaOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EngineProcess.class.getName());
    command.addAll(List.of(contender.name(), workload.label(), Integer.toString(seconds)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().putAll(contender.environment());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(contender.name() + ": its process failed, see its messages above");
    }
    String[] lines = output.strip().split("\n", -1);
    return new ObjectMapper().readValue(lines[lines.length - 1], Measurement.class);
  }
}
