package dev.dl.training.selftest;

import dev.dl.core.backend.Compute;
import dev.dl.core.backend.Machine;
import dev.dl.core.data.Batch;
import dev.dl.core.process.ChildProcess;
import dev.dl.core.run.JsonFile;
import dev.dl.core.tensorfile.SafeTensors;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Graph;
import dev.dl.models.network.FlatTensors;
import dev.dl.models.network.Network;
import dev.dl.training.benchmark.ModelBenchmark;
import dev.dl.training.benchmark.ModelSpeed;
import dev.dl.training.benchmark.RandomBatches;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One side of the self-test: {@code SIDE FOLDER MEASURE}. It leaves a file of numbers for each
 * case, as soon as that is done, and in the end its report.
 */
public final class SelfTestProcess {
  static final String REPORT = "report.json";

  private static final String TRAINING = "a short training";
  private static final Duration MEASURING = Duration.ofSeconds(2);

  private SelfTestProcess() {}

  /** The files of numbers. */
  static List<String> cases() {
    List<String> cases = new ArrayList<>(SelfTestCases.agreement().keySet());
    cases.add(TRAINING);
    return cases;
  }

  public static void main(String[] arguments) throws IOException {
    ChildProcess.endWithParent();
    Compute compute = Side.valueOf(arguments[0]).compute();
    Path folder = Path.of(arguments[1]);
    for (Map.Entry<String, Graph> each : SelfTestCases.agreement().entrySet()) {
      write(folder.resolve(each.getKey()), numbers(each.getValue(), compute));
    }
    ShortTraining training = ShortTraining.run(compute);
    write(folder.resolve(TRAINING), Map.of("losses", training.losses()));
    long end = Machine.residentMebibytes();
    Map<String, ModelSpeed> speeds =
        Boolean.parseBoolean(arguments[2]) ? speeds(compute) : Map.of();
    SideReport report =
        new SideReport(
            compute.kernels().name(),
            environment(),
            training.lossList(),
            speeds,
            new SideReport.Memory(training.warmMebibytes(), end, Machine.peakResidentMebibytes()));
    Files.write(folder.resolve(REPORT), JsonFile.bytes(report));
    Runtime.getRuntime().halt(0); // threads of libraries may still run
  }

  /** The outputs of a training pass and all gradients, by name. */
  private static Map<String, Tensor> numbers(Graph graph, Compute compute) {
    Network network = Network.create(graph, SelfTestCases.LOSS, compute.kernels(), 1);
    Batch batch = new RandomBatches(graph, SelfTestCases.BATCH).next();
    network.gradient(batch.inputs(), batch.size(), batch.targets(), 0, 0);
    Map<String, Tensor> numbers =
        new LinkedHashMap<>(FlatTensors.split(network.parameterRanges(), network.gradients()));
    float[] logits = network.logits(batch.inputs(), batch.size());
    numbers.put(SelfTestCases.LOGITS, new Tensor(List.of((long) logits.length), logits));
    return numbers;
  }

  private static void write(Path file, Map<String, Tensor> numbers) throws IOException {
    try (OutputStream output = Files.newOutputStream(file)) {
      SafeTensors.write(output, numbers, Map.of());
    }
  }

  private static Map<String, ModelSpeed> speeds(Compute compute) {
    Map<String, ModelSpeed> speeds = new LinkedHashMap<>();
    SelfTestCases.workloads()
        .forEach(
            (model, batchSize) ->
                speeds.put(
                    model.name(),
                    ModelBenchmark.speed(model.graph(), batchSize, MEASURING, compute)));
    return speeds;
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    Nd4j.getExecutioner()
        .getEnvironmentInformation()
        .forEach((name, value) -> environment.put(name.toString(), String.valueOf(value)));
    return environment;
  }
}
