package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.run.RunFiles;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.training.checkpoint.CheckpointReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whose frozen layers run once. */
@EnabledOnOs(OS.LINUX)
class ProbeTest {
  /**
   * The head has dropout; 34 steps, the last of an epoch smaller. Features are computed of as many
   * samples at once as in a step, so by the same algorithms: Adam makes much of small differences,
   * up to 3e-5 of these weights with ND4J's operations.
   */
  private static final String PICTURES =
      """
      name: pictures
      backend: cpu
      data: {source: idx, path: data}
      model: {name: convnet, pretrained: base.safetensors}
      optimizer: {learningRate: 0.05}
      training:
        epochs: 2
        batchSize: 12
        microBatchSize: 5
        emaDecay: 0.9
        checkpoint: {everySteps: 4, keep: 100}
      evaluation: {batchSize: 5}
      fineTuning: {freeze: ['stage*']}
      """;

  private static final String TEXTS =
      """
      name: texts
      backend: cpu
      data: {source: text, train: texts.csv, validationFraction: 0.2, text: {length: 8}}
      model: {name: bert-tiny}
      optimizer: {learningRate: 0.05}
      training: {epochs: 2, batchSize: 16}
      fineTuning: {probe: true}
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void writeData() throws Exception {
    SmallData.idx(folder.resolve("data"), 220, 60);
    Files.writeString(folder.resolve("pictures.yaml"), PICTURES);
    StringBuilder csv = new StringBuilder("label,text\n");
    for (int i = 0; i < 90; i++) {
      String words = "what a " + (i % 2 == 0 ? "fine " : "stale ") + "tea".repeat(1 + i % 3);
      csv.append(i % 2).append(',').append(words).append(" number ").append(i).append('\n');
    }
    Files.writeString(folder.resolve("texts.csv"), csv);
    Files.writeString(folder.resolve("texts.yaml"), TEXTS);
    Files.writeString(folder.resolve("book.txt"), csv.toString().repeat(9));
    train("pictures", "base", "model.pretrained=null", "fineTuning={}", "training.epochs=1")
        .requireExitCode(0);
    DlProcess.run(folder, "export", "base", "--weights", "base.safetensors").requireExitCode(0);
    train("pictures", "probe", "fineTuning.probe=true").requireExitCode(0);
  }

  private static DlProcess.Result train(String config, String run, String... overrides)
      throws Exception {
    return DlProcess.run(
        folder,
        Stream.concat(Stream.of("train", config + ".yaml", "--run", run), Stream.of(overrides))
            .toArray(String[]::new));
  }

  @Test
  void comesToTheWeightsThatItWouldWithFrozenLayersInEveryStep() throws Exception {
    train("pictures", "frozen").requireExitCode(0);
    Map<String, Tensor> expected = lastWeights("frozen");
    Map<String, Tensor> found = lastWeights("probe");
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (name, tensor) ->
            assertThat(found.get(name).values())
                .as(name)
                .containsExactly(tensor.values(), within(1e-4f)));
    List<Map<String, Object>> epochs = RunResult.of(folder.resolve("frozen")).metrics();
    for (int i = 0; i < 2; i++) {
      for (String metric : List.of("train.loss", "validation.loss", "validation.accuracy")) {
        assertThat((double) RunResult.of(folder.resolve("probe")).metrics().get(i).get(metric))
            .as(metric)
            .isCloseTo((double) epochs.get(i).get(metric), within(1e-5));
      }
    }
  }

  private static Map<String, Tensor> lastWeights(String run) throws IOException {
    return new CheckpointReader(RunFiles.of(folder.resolve(run)))
        .latest()
        .checkpoint()
        .orElseThrow()
        .weights();
  }

  @ParameterizedTest
  @CsvSource({"4", "24"})
  void resumesToTheSameWeights(long step) throws Exception {
    String name = "resumed-" + step;
    train("pictures", name, "fineTuning.probe=true").requireExitCode(0);
    RunFiles run = RunFiles.of(folder.resolve(name));
    Files.delete(run.summary());
    try (Stream<Path> checkpoints = Files.list(run.checkpoints())) {
      for (Path checkpoint : checkpoints.filter(Files::isDirectory).toList()) {
        if (Long.parseLong(checkpoint.getFileName().toString().substring(5)) > step) {
          delete(checkpoint);
        }
      }
    }
    DlProcess.run(folder, "train", "--resume", "--run", name).requireExitCode(0);
    assertThat(Files.readString(run.log())).contains("resumed from step-000000");
    assertThat(RunResult.of(run.root())).isEqualTo(RunResult.of(folder.resolve("probe")));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void trainsTheLastLayerOfAModelOfTextsAndMeasuresTheWholeInTheEnd() throws Exception {
    DlProcess.Result ended = train("texts", "texts").requireExitCode(0);
    assertThat(ended.err()).contains("features of 90 samples, 128 each by layers up to pooler");
    RunFiles run = RunFiles.of(folder.resolve("texts"));
    Map<String, Double> last = run.readSummary().best().metrics();
    assertThat(run.readSummary().validation().get("loss"))
        .isCloseTo(last.get("validation.loss"), within(1e-5));
    assertThat(run.readSummary().validation().get("accuracy"))
        .isEqualTo(last.get("validation.accuracy"));
    DlProcess.run(folder, "evaluate", "texts", "--split", "validation").requireExitCode(0);
  }

  /** With no room in memory. */
  @Test
  void leavesNoTemporaryFileBehind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    String[] arguments = {
      "train", "texts.yaml", "--run", "spilled", "data.cache.memoryMegabytes=0"
    };
    try (DlProcess dl =
        DlProcess.start(folder, List.of("-Djava.io.tmpdir=" + temporary), arguments)) {
      dl.await().requireExitCode(0);
    }
    train("texts", "held").requireExitCode(0);
    assertThat(RunResult.of(folder.resolve("spilled")).metrics())
        .hasSameSizeAs(RunResult.of(folder.resolve("held")).metrics());
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("dl-samples"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pictures | data.augmentation.horizontalFlip=true | with data.augmentation",
        "pictures | evaluation.horizontalFlip=true | with evaluation.horizontalFlip",
        "pictures | fineTuning={probe: true, lora: {}} | true with lora",
        "pictures | fineTuning={probe: true, freeze: [classifier.*]} | no frozen layers that all",
        "texts | fineTuning.freeze=['embeddings.*'] | no frozen layers that all",
        "texts | data={source: language, train: book.txt, text: {length: 8}} & model.name=gpt-nano"
            + " & fineTuning.freeze=['transformer.w*'] | gives a vector for each token",
      })
  void saysInOneLineWhereItCannotBe(String config, String overrides, String message)
      throws Exception {
    String[] settings =
        Stream.concat(Stream.of("fineTuning.probe=true"), Stream.of(overrides.split(" & ")))
            .toArray(String[]::new);
    DlProcess.Result refused = train(config, "refused", settings).requireExitCode(2);
    assertThat(
            refused.err().lines().filter(line -> !line.matches("dl: (training|backend|began) .*")))
        .singleElement()
        .asString()
        .startsWith("dl: fineTuning.probe: got ")
        .contains(message);
    assertThat(folder.resolve("refused")).doesNotExist();
  }
}
