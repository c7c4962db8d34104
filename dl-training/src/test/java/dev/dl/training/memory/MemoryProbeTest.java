package dev.dl.training.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.core.kernel.update.JavaUpdateKernels;
import dev.dl.models.ModelCatalog;
import dev.dl.models.graph.Graph;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Learner;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Estimates beside the resident memory of processes that train, less that of one that trains hardly
 * anything. Prints the table of docs/ENGINE.md.
 */
@EnabledOnOs(OS.LINUX)
class MemoryProbeTest {
  /** What the launcher sets. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1",
          "MALLOC_TRIM_THRESHOLD_", "100000000000",
          "MALLOC_TOP_PAD_", "268435456",
          "MALLOC_MMAP_MAX_", "0",
          "OMP_NUM_THREADS", "2",
          "OMP_WAIT_POLICY", "PASSIVE");

  /** With the batch, and how many of it at once. */
  private record Case(String model, int batchSize, int atOnce) {}

  private static final List<Case> CASES =
      List.of(
          new Case("resnet18", 16, 16),
          new Case("resnet20", 256, 256),
          new Case("resnet18-cifar", 64, 64),
          new Case("mobilenetv2", 16, 16),
          new Case("mobilenetv2-cifar", 128, 128),
          new Case("convnet", 512, 512),
          new Case("vit-cifar", 128, 128),
          new Case("lstm", 64, 64),
          new Case("transformer", 64, 64),
          new Case("bert-mini", 32, 32),
          new Case("char-gpt", 32, 32),
          new Case("gpt-mini", 32, 16));

  @Tag("slow")
  @Test
  void estimatesWithinFifteenPercentOfWhatIsMeasured() throws Exception {
    long baseline = Long.parseLong(run(new Case("lenet5", 1, 1)).get(0).split(" ")[0]);
    List<String> table = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (Case tried : CASES) {
      List<String> lines = run(tried);
      String[] numbers = lines.get(0).split(" ");
      double measured = (Long.parseLong(numbers[0]) - baseline) * 1.048576;
      double estimated = Long.parseLong(numbers[1]) / 1e6;
      ratios.add(estimated / measured);
      table.add(
          String.format(
              Locale.ROOT,
              "| %s | %d of %d | %.0f | %.0f | %+.0f %% |",
              tried.model,
              tried.atOnce,
              tried.batchSize,
              estimated,
              measured,
              100 * (estimated / measured - 1)));
      System.out.println(table.get(table.size() - 1) + " " + lines.get(1));
    }
    assertThat(ratios)
        .as("%s", table)
        .hasSizeGreaterThan(10)
        .allSatisfy(ratio -> assertThat(ratio).isCloseTo(1, within(0.15)));
  }

  @Test
  void goesOnInALineToWhatALargerBatchTakes() {
    try (Parallel parallel = Parallel.onOpenMp(2)) {
      for (String model : List.of("convnet", "resnet20", "transformer")) {
        Graph graph = ModelCatalog.find(model).orElseThrow().graph();
        Network network =
            Network.create(graph, new Loss.SoftmaxCrossEntropy(0), new OneDnnKernels(parallel), 1);
        RunSpec spec =
            ConfigReader.parse(
                "{name: a, data: {source: b}, model: {name: mlp}, training: {batchSize: 48}}",
                "test",
                List.of(),
                RunSpec.class);
        Learner learner = Learner.of(network, spec, 10, new JavaUpdateKernels(parallel));
        Batch batch =
            Batch.labelled(
                new float[48 * graph.input().shape().size()],
                new int[48],
                IntStream.range(0, 48).toArray());
        float[] buffers = DenseArrays.read(network.buffers());
        float[] parameters = DenseArrays.read(network.parameters());

        MemoryEstimate estimate = MemoryProbe.demand(network, learner, batch, 48, 48).at(48);

        assertThat(DenseArrays.read(network.buffers())).isEqualTo(buffers);
        assertThat(DenseArrays.read(network.parameters())).isEqualTo(parameters);
        assertThat(estimate.parameters()).isGreaterThanOrEqualTo(4L * graph.parameterCount());
        assertThat(estimate.optimizer()).isEqualTo(8L * graph.parameterCount());
        learner.step(batch, 0);
        assertThat((double) network.activationBytes())
            .as(model)
            .isCloseTo(estimate.activations(), within(0.03 * estimate.activations()));
      }
    }
  }

  private static List<String> run(Case tried) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms64m",
            "-Xmn32m",
            "-XX:+UseParallelGC",
            "-XX:-UseAdaptiveSizePolicy",
            "-XX:+UseTransparentHugePages",
            "-cp",
            System.getProperty("java.class.path"),
            MemoryOfSteps.class.getName(),
            tried.model,
            String.valueOf(tried.batchSize),
            String.valueOf(tried.atOnce));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(ENVIRONMENT);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", tried, out).isZero();
    List<String> lines = out.lines().toList();
    return lines.subList(lines.size() - 2, lines.size());
  }
}
