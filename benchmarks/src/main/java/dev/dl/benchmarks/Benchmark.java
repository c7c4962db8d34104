package dev.dl.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures engines in processes of their own, in turns (A B A B), and prints tables. */
@Command(name = "benchmarks/run", mixinStandardHelpOptions = true, showDefaultValues = true)
final class Benchmark implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      description = "Networks and batches; default: those trained as a whole.")
  private List<Workload> workloads = Workload.WHOLE;

  @Option(
      names = "--engines",
      split = ",",
      description = "In the order of their turns.",
      defaultValue = "libtorch,libtorch-tuned,stock,dl")
  private List<Contender> engines;

  @Option(
      names = "--turns",
      description = "Of each engine, in training and in inference.",
      defaultValue = "8")
  private int turns;

  @Option(names = "--seconds", description = "Time of a turn.", defaultValue = "3")
  private int seconds;

  @Option(names = "--threads", description = "Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "Also write all figures here.")
  private Path json;

  @Option(names = "--markdown", description = "Also write the tables here, with the machine.")
  private Path markdown;

  @Spec private CommandSpec command;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Benchmark())
            .registerConverter(Workload.class, Workload::of)
            .registerConverter(Contender.class, Contender::of)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Comparison> comparisons = new ArrayList<>();
    for (Workload workload : workloads) {
      List<Contender> able = engines.stream().filter(engine -> can(engine, workload)).toList();
      if (!able.isEmpty()) {
        System.err.println(workload.label());
        comparisons.add(new Turns(turns, seconds, threads).compare(workload, able));
      }
    }
    String line = String.join(" ", command.commandLine().getParseResult().originalArgs());
    Report report =
        new Report(Host.here(), ("benchmarks/run " + line).strip(), threads, comparisons);
    System.out.print(report.tables());
    if (markdown != null) {
      Files.writeString(markdown, report.page());
    }
    if (json != null) {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report.json());
    }
    return 0;
  }

  private static boolean can(Contender engine, Workload workload) {
    boolean can = engine.engine().get().workloads().contains(workload);
    if (!can) {
      System.err.printf("%s has no %s yet%n", engine.name(), workload.label());
    }
    return can;
  }
}
