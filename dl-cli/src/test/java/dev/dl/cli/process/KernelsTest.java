package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.run.RunFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The implementations of the kernels, oneDNN's with channels last and ND4J's with channels first,
 * are interchangeable within a run.
 */
@EnabledOnOs(OS.LINUX)
class KernelsTest {
  private static final List<String> NATIVE_ONEDNN = List.of("-Ddl.kernels=onednn");
  private static final List<String> OPERATIONS = List.of("-Ddl.kernels=nd4j");
  private static final double ROUNDING = 1e-3;

  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data: {source: idx, path: data, augmentation: {randomCropPadding: 1}}
      model: {name: convnet}
      optimizer: {name: adamw, learningRate: 0.001}
      training: {epochs: 2, batchSize: 12, checkpoint: {everySteps: 3}}
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws Exception {
    SmallData.idx(folder.resolve("data"), 120, 12);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
    run(NATIVE_ONEDNN, "train", "trial.yaml", "--run", "first").requireExitCode(0);
  }

  @Test
  void trainAlike() throws Exception {
    run(OPERATIONS, "train", "trial.yaml", "--run", "operations").requireExitCode(0);

    assertThat(kernels("first")).isEqualTo("onednn");
    assertThat(kernels("operations")).isEqualTo("nd4j");
    requireSameLosses("operations");
  }

  @Test
  void goOnFromEachOthersCheckpoints() throws Exception {
    requireResumed("to operations", NATIVE_ONEDNN, OPERATIONS);
    requireResumed("from operations", OPERATIONS, NATIVE_ONEDNN);
  }

  private static void requireResumed(String name, List<String> before, List<String> after)
      throws Exception {
    Path checkpoints = folder.resolve(name).resolve("checkpoints");
    try (DlProcess dl = DlProcess.start(folder, before, "train", "trial.yaml", "--run", name)) {
      dl.awaitUntil(() -> Files.exists(checkpoints.resolve("step-00000006")));
      dl.signal("KILL");
      dl.await().requireExitCode(137);
    }

    DlProcess.Result end = run(after, "train", "--resume", "--run", name).requireExitCode(0);

    assertThat(end.err()).contains("the same to within rounding");
    requireSameLosses(name);
  }

  @Test
  void areNd4jsOperationsWhereOneDnnIsMissing() throws Exception {
    String without =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> !Path.of(path).getFileName().toString().matches("dnnl-.*x86_64.jar"))
            .collect(Collectors.joining(File.pathSeparator));

    DlProcess.Result end =
        run(List.of("-cp", without, "-Ddl.kernels="), "train", "trial.yaml", "--run", "without")
            .requireExitCode(0);

    assertThat(end.err()).contains("oneDNN cannot be loaded");
    assertThat(kernels("without")).isEqualTo("nd4j");
    requireSameLosses("without");
  }

  private static DlProcess.Result run(List<String> jvmOptions, String... arguments)
      throws Exception {
    try (DlProcess dl = DlProcess.start(folder, jvmOptions, arguments)) {
      return dl.await();
    }
  }

  private static String kernels(String run) throws IOException {
    return RunFiles.of(folder.resolve(run)).readProvenance().backend().kernels();
  }

  private static void requireSameLosses(String run) throws IOException {
    List<Map<String, Object>> wanted = RunResult.of(folder.resolve("first")).metrics();
    List<Map<String, Object>> found = RunResult.of(folder.resolve(run)).metrics();
    assertThat(found).hasSameSizeAs(wanted).hasSize(2);
    for (int epoch = 0; epoch < wanted.size(); epoch++) {
      for (String loss : List.of("train.loss", "validation.loss")) {
        assertThat(number(found.get(epoch).get(loss)))
            .as("%s of epoch %d", loss, epoch + 1)
            .isCloseTo(number(wanted.get(epoch).get(loss)), within(ROUNDING));
      }
    }
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
