package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dl.core.backend.Compute;
import dev.dl.core.run.RunFiles;
import dev.dl.training.checkpoint.CheckpointReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Trainings with little memory for tensors, by the setting that the launcher makes. */
@EnabledOnOs(OS.LINUX)
class OutOfMemoryTest {
  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data: {source: idx, path: data}
      model: {name: mlp}
      optimizer: {name: sgd, learningRate: 0.1}
      training: {epochs: 3, batchSize: 1500, checkpoint: {everySteps: 1}}
      evaluation: {batchSize: 1000}
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws Exception {
    SmallData.idx(folder.resolve("data"), 4000, 6000);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
  }

  @Test
  void halvesTheMicroBatchAndTrainsTheSame() throws Exception {
    assumeThatTheLimitHolds();
    train("roomy", "1g").requireExitCode(0);
    DlProcess.Result narrow = train("narrow", "15m").requireExitCode(0);

    assertThat(narrow.err())
        .containsOnlyOnce("memory for tensors ran out; from now on 750 samples at once rather than")
        .contains("batch size, learning rate and samples stay as they are")
        .containsPattern("estimated: .*the limit is 16 MB, within which training.microBatchSize=");
    assertThat(microBatchSize("narrow")).isEqualTo(750);
    assertThat(microBatchSize("roomy")).isNull();
    List<Map<String, Object>> expected = RunResult.of(folder.resolve("roomy")).metrics();
    List<Map<String, Object>> found = RunResult.of(folder.resolve("narrow")).metrics();
    assertThat(found).hasSameSizeAs(expected);
    for (int epoch = 0; epoch < found.size(); epoch++) {
      for (String metric : List.of("train.loss", "validation.loss")) {
        double loss = ((Number) expected.get(epoch).get(metric)).doubleValue();
        assertThat(((Number) found.get(epoch).get(metric)).doubleValue())
            .isCloseTo(loss, within(1e-5 * loss));
      }
    }
  }

  @Test
  void resumesWithAsManySamplesAtOnceAsItCameTo() throws Exception {
    assumeThatTheLimitHolds();
    train("whole", "12m").requireExitCode(0);
    DlProcess.Result part = train("part", "12m", "training.maximumDuration=1ms").requireExitCode(0);
    assertThat(part.err()).contains("memory for tensors ran out");

    DlProcess.Result resumed = train("part", "12m", "--resume").requireExitCode(0);

    assertThat(resumed.err()).doesNotContain("ran out; from now on");
    assertThat(RunResult.of(folder.resolve("part")))
        .isEqualTo(RunResult.of(folder.resolve("whole")));
  }

  @Test
  void evaluatesFewerAtOnceToo() throws Exception {
    assumeThatTheLimitHolds();
    String[] many = {
      "evaluation.batchSize=6000", "training.microBatchSize=100", "training.epochs=1"
    };
    train("few", "1g", many).requireExitCode(0);
    DlProcess.Result narrow = train("many", "12m", many).requireExitCode(0);

    assertThat(narrow.err())
        .contains("dl: evaluation: memory for tensors ran out; from now on ")
        .doesNotContain("step 1: memory");
    assertThat(RunResult.of(folder.resolve("many")).weightsSha256())
        .isEqualTo(RunResult.of(folder.resolve("few")).weightsSha256());
  }

  @Test
  void saysWhichLimitToRaiseWhenNotEvenOneSampleFits() throws Exception {
    assumeThatTheLimitHolds();
    DlProcess.Result none = train("none", "2m").requireExitCode(3);
    assertThat(none.err())
        .contains("dl: out of memory, of that for tensors: ")
        .contains("DL_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.maxBytes=8g")
        .doesNotContain("-Xmx");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void saysThatTheHeapIsTooSmall() throws Exception {
    try (DlProcess dl =
        DlProcess.start(
            folder,
            List.of("-Xms64m", "-Xmn16m", "-Xmx96m"),
            "train",
            "trial.yaml",
            "data.image.size=128",
            "--run",
            "large")) {
      DlProcess.Result none = dl.await().requireExitCode(3);
      assertThat(none.err())
          .contains("dl: out of memory, of the heap of at most ")
          .contains("DL_JAVA_OPTIONS=-Xmx8g")
          .doesNotContain("maxBytes");
    }
  }

  /** ND4J's operations leave what they need in between to the garbage collector: no limit holds. */
  private static void assumeThatTheLimitHolds() {
    boolean holds = !"nd4j".equals(System.getProperty(Compute.KERNELS_PROPERTY));
    if (!holds) {
      System.out.println("NOT TESTED: little memory for tensors, with ND4J's operations");
    }
    assumeTrue(holds, "ND4J's operations are not held to the limit");
  }

  private static DlProcess.Result train(String run, String limit, String... more) throws Exception {
    List<String> jvm = List.of("-Dorg.bytedeco.javacpp.maxBytes=" + limit);
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"train", "trial.yaml", "--run", run}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    try (DlProcess dl = DlProcess.start(folder, jvm, arguments)) {
      return dl.await();
    }
  }

  private static Integer microBatchSize(String run) throws IOException {
    return new CheckpointReader(RunFiles.of(folder.resolve(run)))
        .latest()
        .checkpoint()
        .orElseThrow()
        .state()
        .remedies()
        .microBatchSize();
  }
}
