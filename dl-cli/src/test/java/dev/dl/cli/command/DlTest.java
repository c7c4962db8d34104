package dev.dl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Terminal;
import dev.dl.core.backend.Backend;
import dev.dl.core.data.Split;
import dev.dl.core.run.FileSystem;
import dev.dl.models.KnownModels;
import dev.dl.models.generation.Sampling;
import dev.dl.models.graph.Graph;
import dev.dl.models.layer.Shape;
import dev.dl.training.Answer;
import dev.dl.training.BatchSearch;
import dev.dl.training.benchmark.BenchmarkResult;
import dev.dl.training.benchmark.BenchmarkResult.LayerTime;
import dev.dl.training.benchmark.ModelSpeed;
import dev.dl.training.loop.Callback;
import dev.dl.training.loop.StopReason;
import dev.dl.training.memory.MemoryDemand;
import dev.dl.training.memory.MemoryDemand.Line;
import dev.dl.training.search.BatchSpeed;
import dev.dl.training.search.RateCurve;
import dev.dl.training.spec.RunSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DlTest {
  private static final String CONFIG =
      "name: trial\ndata: {source: fashion-mnist-10k}\nmodel: {name: mlp}\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Recorded services = new Recorded();
  @TempDir private Path folder;
  private String config;

  @BeforeEach
  void writeConfig() throws IOException {
    config = Files.writeString(folder.resolve("trial.yaml"), CONFIG).toString();
  }

  @Test
  void estimatesTheMemoryOfAMicroBatch() {
    assertThat(run("config", config, "--estimate", "backend=cpu", "training.microBatchSize=16"))
        .isZero();
    assertThat(text(out))
        .isEqualTo(
            """
            memory for 16 samples at once    MB
            parameters                      3.0
            gradients                       5.0
            optimizer                       5.0
            activations                    33.0
            workspace                       0.5
            total                          46.5
            """);
  }

  @Test
  void suggestsTheVerbThatWasMeant() {
    assertThat(run("trian")).isEqualTo(2);
    assertThat(text(err)).contains("did you mean train?").hasLineCount(1);
  }

  @Test
  void reportsEveryProblemOfAConfigurationAtOnce() {
    assertThat(run("train", config, "training.optimzer=x", "training.epochs=-1")).isEqualTo(2);
    assertThat(text(err))
        .contains("dl: training.optimzer: got ")
        .contains("dl: training.epochs: got -1, expected a whole number of at least 1");
    assertThat(services.training).isNull();
  }

  @Test
  void reportsAnUnknownModelAndAnUnknownSourceTogether() {
    assertThat(run("config", config, "model.name=mpl", "data.source=x")).isEqualTo(2);
    assertThat(text(err)).contains("model.name: got mpl").contains("data.source: got x");
  }

  @Test
  void printsASpecThatIsItselfAConfigurationOfTheSameMeaning() throws IOException {
    assertThat(run("config", config, "training.epochs=3")).isZero();
    String resolved = text(out);
    Path again = Files.writeString(folder.resolve("again.yaml"), resolved);
    out.reset();

    assertThat(run("config", again.toString())).isZero();
    assertThat(text(out)).isEqualTo(resolved).contains("epochs: 3");
  }

  @Test
  void printsTheRunDirectoryAsTheLastLineOfATraining() {
    String directory = folder.resolve("my run").toString();

    assertThat(run("train", config, "--run", directory, "--backend", "cpu")).isZero();
    assertThat(text(out)).isEqualTo(directory + "\n");
    assertThat(services.training.backend().name()).isEqualTo("cpu");
  }

  @Test
  void saysHowToResumeAnInterruptedTraining() {
    services.outcome = new Training.Outcome(StopReason.INTERRUPTED, List.of());
    String directory = folder.resolve("my run").toString();

    assertThat(run("train", config, "--run", directory)).isEqualTo(130);
    assertThat(text(err)).contains("./dl train --resume --run '" + directory + "'");
  }

  @Test
  void resumesWithTheSpecThatTheRunRecorded() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("spec.yaml"), CONFIG);
    Files.createFile(run.resolve("metrics.jsonl"));

    assertThat(run("train", "--resume", "--run", run.toString(), "training.epochs=7")).isZero();
    assertThat(services.training.resume()).isTrue();
    assertThat(services.training.spec().training().epochs()).isEqualTo(7);
  }

  @Test
  void reportsDivergenceByItsExitCode() {
    services.outcome = new Training.Outcome(StopReason.DIVERGED, List.of());

    assertThat(run("train", config, "--run", folder.resolve("r").toString())).isEqualTo(4);
  }

  @Test
  void namesAMissingConfiguration() {
    assertThat(run("train", folder.resolve("none.yaml").toString())).isEqualTo(66);
    assertThat(text(err)).contains("none.yaml: no such file").doesNotContain("\tat ");
  }

  @Test
  void showsWhereABugIsOnlyWhenAsked() {
    services.broken = true;
    assertThat(run("evaluate", "run")).isEqualTo(1);
    assertThat(text(err)).hasLineCount(1).contains("--debug");
    assertThat(run("evaluate", "run", "--debug")).isEqualTo(1);
    assertThat(text(err)).contains("\tat ");
  }

  @Test
  void listsTheModelsAndWritesThemAsJson() throws IOException {
    Path json = folder.resolve("models.json");

    assertThat(run("models", "--json", json.toString())).isZero();
    assertThat(text(out))
        .startsWith("NAME")
        .containsPattern("resnet20 +ResNet +269,722 +40,551,040 +3x32x32 +https");
    assertThat(Files.readString(json)).contains("\"parameters\" : 269722");
  }

  @Test
  void drawsTheLayersOfAModelWithTotals() throws IOException {
    Path json = folder.resolve("layers.json");

    assertThat(run("models", "resnet20", "--json", json.toString())).isZero();
    assertThat(text(out))
        .containsPattern("LAYER +KIND +OUTPUT +PARAMETERS +MULTIPLY-ADDS +READS\n")
        .containsPattern("input +Input +3x32x32 +0 +0\n")
        .containsPattern("conv1 +Convolution +16x32x32 +432 +442,368\n")
        .containsPattern("layer1.0.add +Add +16x32x32 +0 +0 +layer1.0.bn2, bn1\n")
        .containsPattern("fc +Dense +10 +650 +640\n")
        .contains("269,722 parameters (1.0 MiB), 40,551,040 multiply-adds for 3x32x32\n");
    assertThat(json).content().contains("\"output\" : \"16x32x32\"");
  }

  @Test
  void drawsTheLayersOfAConfigurationAsTheyFitItsData() throws IOException {
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"),
            "name: own\ndata: {source: iris}\nmodel: {layers: [dense: 8, relu]}\n");

    assertThat(run("models", own.toString())).isZero();
    assertThat(text(out))
        .containsPattern("input +Input +4 +0 +0\n")
        .containsPattern("layers.0.dense +Dense +8 +40 +32\n")
        .containsPattern("head +Dense +3 +27 +24\n")
        .endsWith("own layers: 2 layers, 67 parameters (0.0 MiB), 56 multiply-adds for 4\n");
  }

  @Test
  void listsOnlyTheModelsThatAreNamed() {
    assertThat(run("models", "lenet5", "mlp")).isZero();
    assertThat(text(out).lines().map(line -> line.replaceFirst(" .*", "")))
        .containsExactly("NAME", "lenet5", "mlp");
  }

  @Test
  void tellsTheNearestNamesOfAModelThatThereIsNot() {
    assertThat(run("models", "resnet-50")).isEqualTo(2);
    assertThat(text(err))
        .hasLineCount(1)
        .contains("MODEL: got resnet-50, expected a name that ./dl models lists")
        .contains("did you mean resnet50, ");
  }

  @Test
  void measuresModelsAndPassesOverThoseThatDoNotFit() throws IOException {
    Path json = folder.resolve("speeds.json");
    services.tooLarge = "256"; // the length of gpt-mini's texts

    assertThat(run("models", "mlp", "lstm", "gpt-mini", "--measure", "--json", "" + json)).isZero();
    assertThat(text(out))
        .containsPattern("mlp +8 +1x28x28 +3,000 +1,000 +images/s\n")
        .containsPattern("lstm +8 +100 +300,000 +100,000 +tokens/s\n")
        .containsPattern("gpt-mini +8 +256 +does not fit\n");
    assertThat(text(err)).contains("measuring lstm, 2 of 3: batches of 8\n");
    assertThat(json).content().contains("\"inference\" : 3000.0").contains("\"inference\" : null");
    assertThat(run("models", "gpt-mini", "--measure", "--batch", "2")).isEqualTo(3);
    assertThat(run("models", "mlp", "--measure", "--batch", "0")).isEqualTo(2);
  }

  @Test
  void refusesToWriteJsonWhereThereIsNoFolder() {
    assertThat(run("models", "--json", folder.resolve("no/x.json").toString())).isEqualTo(73);
  }

  @Test
  void listsTheDatasetsAndWritesThemAsJson() throws IOException {
    Path json = folder.resolve("data.json");

    assertThat(run("data", "list", "--json", json.toString())).isZero();
    assertThat(text(out))
        .startsWith("NAME")
        .containsPattern("iris +table +150 rows +0.001 +BSD-3-Clause +built in\n")
        .containsPattern("cifar10 +image classification +60,000 pictures +170.052 +not stated ");
    assertThat(json).content().contains("\"count\" : 127600");
  }

  @Test
  void describesADatasetWithWhatItsFilesAreCheckedBy() {
    assertThat(run("data", "info", "imdb")).isZero();
    assertThat(text(out))
        .containsPattern("size +50,000 texts\n")
        .containsPattern("classes +neg, pos\n")
        .containsPattern("file +aclImdb_v1.tar.gz, SHA-256 c40f74a18d3b");
  }

  @Test
  void fetchesOnlyWhatIsPublic() {
    assertThat(run("data", "get", "iris", "--accept-unverified")).isEqualTo(2);
    assertThat(text(err)).contains("dataset: got iris, expected one that can be fetched");
  }

  private int run(String... arguments) {
    Console console = new Console(stream(out), stream(err), Terminal.NONE);
    return new Dl(services, console).run(arguments);
  }

  @Test
  void exportsWeightsInPlaceOfThoseThatAreThere(@TempDir Path place) throws IOException {
    Path file = Files.writeString(place.resolve("w.safetensors"), "others");
    assertThat(run("export", "runs/a", "--weights", "" + file)).isZero();
    assertThat(file).hasContent("weights");
    assertThat(run("export", "runs/a")).isEqualTo(2);
    assertThat(run("export", "runs/a", "--weights", "" + place)).isEqualTo(73);
    assertThat(run("export", "runs/a", "--weights", place + "/none/w")).isEqualTo(73);
    try (Stream<Path> left = Files.list(place)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void benchmarksTheShapeAndTheBatchThatAreAskedFor() throws IOException {
    Path json = folder.resolve("figures.json");

    assertThat(run("benchmark", "mlp", "--batch", "3", "--input", "2x5x5", "--json", "" + json))
        .isZero();
    assertThat(services.benchmarked.input().shape()).isEqualTo(Shape.of(2, 5, 5));
    assertThat(services.batchSize).isEqualTo(3);
    assertThat(text(out))
        .contains("training         1000.0 samples/s")
        .contains("Dense      2  75.0 %              80")
        .contains("training reaches 60 % of this machine's peak; 75 % of a step is Dense");
    assertThat(json).content().contains("\"peakMebibytes\" : 512");
  }

  @Test
  void refusesToBenchmarkWhatIsNoModelShapeOrSize() {
    assertThat(run("benchmark", "mpl")).isEqualTo(2);
    assertThat(run("benchmark", "mlp", "--batch", "0")).isEqualTo(2);
    assertThat(run("benchmark", "mlp", "--input", "3x")).isEqualTo(2);
    assertThat(run("benchmark", "lenet5", "--input", "1x2x2")).isEqualTo(2);
    assertThat(text(err).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("MODEL: got mpl, expected a name"),
            line -> assertThat(line).contains("--batch: got 0, expected a whole number"),
            line -> assertThat(line).contains("--input: got 3x, expected a shape"),
            line -> assertThat(line).contains("--input: got 1x2x2, layer conv2: a window of 5"));
  }

  @Test
  void suggestsALearningRateAndDrawsTheCurve() throws IOException {
    Path json = folder.resolve("curve.json");

    assertThat(run("find-lr", config, "--json", "" + json)).isZero();
    assertThat(text(out))
        .startsWith("loss by learning rate, smoothed\n     3.7")
        .containsPattern(" 1e-7 +0.01\n")
        .containsPattern("\\+-+\\^-+\n")
        .endsWith(
            "lowest at 0.010; suggested, a third of that:\noptimizer: {learningRate: 0.0033}\n");
    assertThat(text(err)).contains("on mlp and fashion-mnist-10k: at most 100 steps of 128");
    assertThat(json).content().contains("\"suggestion\" : 0.0033,").contains("\"smoothed\" : ");
    assertThat(run("find-lr", config, "--steps", "1")).isEqualTo(2);
  }

  @Test
  void saysSoWhereNoLearningRateHelps() {
    services.falls = false;

    assertThat(run("find-lr", config)).isZero();
    assertThat(text(out)).doesNotContain("learningRate:");
    assertThat(text(err)).contains("the loss fell at no rate");
  }

  @Test
  void recommendsTheSmallestBatchNearTheFastest() throws IOException {
    Path json = folder.resolve("batches.json");

    assertThat(run("find-batch", config, "--json", "" + json)).isZero();
    assertThat(text(out))
        .isEqualTo(
            """
            BATCH  SAMPLES/S  MS A STEP  MEMORY MB
                8      1,000        8.0          5
               16      1,960        8.2          9
               32      2,000       16.0         17
            stopped there: batches of 64 do not fit
            the smallest within 5 % of the fastest:
            training: {batchSize: 16}
            the learning rate goes with it: ./dl find-lr CONFIG training.batchSize=16
            """
                .replace("CONFIG", config));
    assertThat(json).content().contains("\"recommended\" : 16");
    services.falls = false;
    assertThat(run("find-batch", config)).isEqualTo(3);
  }

  @Test
  void writesAfterAPrompt() {
    assertThat(run("predict", "run", "--prompt", "This", "--tokens", "7")).isZero();
    assertThat(text(out)).isEqualTo("This goes on for 7\n");
    assertThat(services.sampling).isEqualTo(Sampling.of(0.8, 0));
    String[] asked = {
      "predict",
      "run",
      "--prompt",
      "a",
      "--temperature",
      "0.5",
      "--top-k",
      "3",
      "--top-p",
      "0.9",
      "--seed",
      "8"
    };
    assertThat(run(asked)).isZero();
    assertThat(services.sampling).isEqualTo(new Sampling(0.5, 3, 0.9, 8));
  }

  @Test
  void showsNothingOfAWritingThatWouldSteerTheTerminal() throws IOException {
    Path json = folder.resolve("text.json");

    assertThat(run("predict", "run", "--prompt", "\u001B[2Ja\tb\r\n\u202Ec", "--json", "" + json))
        .isZero();
    assertThat(text(out)).isEqualTo("\\u001B[2Ja\tb\n\\u202Ec goes on for 240\n");
    assertThat(json).content().contains("\\u001B[2Ja\\tb\\r\\n");
  }

  @Test
  void refusesToWriteWithoutAPromptOrBySettingsWithoutMeaning() {
    assertThat(run("predict", "run")).isEqualTo(2);
    assertThat(run("predict", "run", "a.png", "--prompt", "a")).isEqualTo(2);
    assertThat(run("predict", "run", "--prompt", "a", "--top-p", "0")).isEqualTo(2);
    assertThat(run("predict", "run", "--prompt", "a", "--tokens", "0")).isEqualTo(2);
    assertThat(text(err).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("expected either files or --prompt"),
            line -> assertThat(line).contains("expected either files or --prompt"),
            line -> assertThat(line).contains("--top-p: got 0.0, expected more than 0"),
            line -> assertThat(line).contains("--tokens: got 0, expected at least 1"));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Trains nothing and remembers what it was asked for. */
  private static final class Recorded implements RunServices {
    private Training training;
    private Training.Outcome outcome = new Training.Outcome(StopReason.COMPLETED, List.of());
    private boolean broken;
    private boolean falls = true;
    private Graph benchmarked;
    private int batchSize;
    private String tooLarge = "";
    private Sampling sampling;

    @Override
    public Training.Outcome train(Training asked, List<Callback> callbacks) {
      training = asked;
      return outcome;
    }

    @Override
    public Map<String, Object> evaluate(Path run, KnownModels models, Split split) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      return new LinkedHashMap<>(Map.of("test.accuracy", 0.5));
    }

    @Override
    public List<Answer> predict(Path run, KnownModels models, List<Path> files, Path masks) {
      return List.of();
    }

    @Override
    public FileSystem.Content vectors(Path run, KnownModels models, List<Path> files) {
      return output -> {};
    }

    @Override
    public String write(Path run, KnownModels models, String prompt, int tokens, Sampling asked) {
      sampling = asked;
      return " goes on for " + tokens;
    }

    @Override
    public FileSystem.Content weights(Path run, KnownModels models) {
      return output -> output.write("weights".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public MemoryDemand memory(RunSpec spec, KnownModels models, Backend backend) {
      Line activations = new Line(1e6, 2e6);
      return new MemoryDemand(
          3_000_000,
          2_500_000,
          5_000_000,
          activations,
          new Line(500_000, 0),
          spec.training().batchSize());
    }

    @Override
    public RateCurve rates(RunSpec spec, KnownModels models, Backend backend, int steps) {
      List<Double> rates = IntStream.range(0, steps).mapToObj(i -> 1e-4 * (i + 1)).toList();
      List<Double> losses = rates.stream().map(rate -> falls ? 3 - 100 * rate : 3).toList();
      return RateCurve.of(rates, losses, steps);
    }

    @Override
    public BatchSearch.Result batches(
        RunSpec spec,
        KnownModels models,
        Backend backend,
        BatchSearch.Limits limits,
        Consumer<BatchSpeed> measured) {
      List<BatchSpeed> speeds =
          List.of(
              new BatchSpeed(8, 1000, 5_000_000),
              new BatchSpeed(16, 1960, 9_000_000),
              new BatchSpeed(32, 2000, 17_000_000));
      speeds.forEach(measured);
      return new BatchSearch.Result(falls ? speeds : List.of(), "batches of 64 do not fit");
    }

    @Override
    public BenchmarkResult benchmark(
        String name, Graph graph, int samples, Duration duration, Backend backend) {
      benchmarked = graph;
      batchSize = samples;
      return new BenchmarkResult(
          name,
          graph.input().shape().toString(),
          samples,
          2,
          graph.parameterCount(),
          1000,
          3000,
          Map.of("forward", 1.5),
          List.of(new LayerTime("Dense", 2, 0.75, 80)),
          List.of(),
          60,
          100,
          512);
    }

    @Override
    public ModelSpeed speed(Graph graph, int samples, Duration duration, Backend backend) {
      if (graph.input().shape().toString().equals(tooLarge)) {
        throw new OutOfMemoryError("no room");
      }
      return new ModelSpeed(1000, 3000);
    }
  }
}
