package dev.dl.training;

import dev.dl.core.backend.Backend;
import dev.dl.core.backend.Compute;
import dev.dl.core.config.ConfigException;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.ImagePreprocessing;
import dev.dl.core.data.MaskPreprocessing;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.core.data.TextPreprocessing;
import dev.dl.core.data.image.MaskPng;
import dev.dl.core.kernel.Loss;
import dev.dl.core.metric.Evaluation;
import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.RunFiles;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.KnownModels;
import dev.dl.models.adaptation.LowRankAdaptation;
import dev.dl.models.generation.Sampling;
import dev.dl.models.generation.TextGenerator;
import dev.dl.models.network.Network;
import dev.dl.models.pretrained.Pretrained;
import dev.dl.training.checkpoint.Checkpoint;
import dev.dl.training.checkpoint.CheckpointReader;
import dev.dl.training.checkpoint.Restored;
import dev.dl.training.evaluation.Evaluator;
import dev.dl.training.evaluation.Inference;
import dev.dl.training.loop.Learner;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A network as a run left it, opened from the run directory alone. May be used while the run goes
 * on.
 */
public final class TrainedRun {
  private final RunSpec spec;
  private final Preprocessing preprocessing;
  private final Task task;
  private final Inference inference;

  private TrainedRun(RunSpec spec, Preprocessing preprocessing, Task task, Inference inference) {
    this.task = task;
    this.spec = spec;
    this.preprocessing = preprocessing;
    this.inference = inference;
  }

  /**
   * Opens the best weights of a run, or its newest when none was best yet.
   *
   * @param models that its spec may name
   * @throws NoSuchFileException when there is no run, or it has no whole checkpoint
   */
  public static TrainedRun open(Path run, KnownModels models, Backend backend) throws IOException {
    return open(run, models, Compute.on(backend));
  }

  /** As {@link #open(Path, KnownModels, Backend)}, on kernels that others use too. */
  static TrainedRun open(Path run, KnownModels models, Compute compute) throws IOException {
    RunFiles files = RunFiles.of(run);
    RecordedPlugin.requirePresent(files, models);
    RunSpec spec = ConfigReader.read(files.spec(), List.of(), RunSpec.class);
    Checkpoint checkpoint = checkpoint(files);
    Preprocessing preprocessing = preprocessing(files);
    Task task = Task.of(preprocessing, spec);
    Loss unused = task.head().loss(0); // nothing is trained any more
    Network network =
        Network.create(task.plainGraph(spec, models), unused, compute.kernels(), spec.seed());
    try {
      network.load(weights(spec, task, models, checkpoint));
    } catch (IllegalArgumentException e) { // one of another shape, or none
      throw new DamagedFileException(
          checkpoint.directory(),
          e.getMessage(),
          "the weights of this run's spec and preprocessing");
    }
    return new TrainedRun(
        spec, preprocessing, task, new Inference(network, spec.evaluation().horizontalFlip()));
  }

  /**
   * The best weights of a run, or its newest, by their public names and as others lay them out.
   *
   * @throws NoSuchFileException as {@link #open}
   */
  public static Map<String, Tensor> publishedWeights(Path run, KnownModels models)
      throws IOException {
    RunFiles files = RunFiles.of(run);
    RecordedPlugin.requirePresent(files, models);
    RunSpec spec = spec(run);
    Task task = Task.of(preprocessing(files), spec);
    return Pretrained.published(
        spec.model().architecture(models), weights(spec, task, models, checkpoint(files)));
  }

  /** What turned a run's data into inputs. */
  static Preprocessing preprocessing(RunFiles files) throws IOException {
    return files.readPreprocessing(Preprocessing.class).completed(files.root());
  }

  /** What a checkpoint infers with, adapters merged into the weights beside them. */
  private static Map<String, Tensor> weights(
      RunSpec spec, Task task, KnownModels models, Checkpoint checkpoint) {
    return LowRankAdaptation.merged(
        task.graph(spec, models),
        Learner.inferenceWeights(checkpoint.weights(), checkpoint.optimizer()));
  }

  /** The backend that the run's spec asks for. */
  public static RunSpec spec(Path run) throws IOException {
    return ConfigReader.read(RunFiles.of(run).spec(), List.of(), RunSpec.class);
  }

  private static Checkpoint checkpoint(RunFiles files) throws IOException {
    CheckpointReader reader = new CheckpointReader(files);
    Restored best = reader.best();
    Optional<Checkpoint> found =
        best.checkpoint().isPresent() ? best.checkpoint() : reader.latest().checkpoint();
    return found.orElseThrow(
        () ->
            new NoSuchFileException(
                files.checkpoints().toString(),
                null,
                "holds no whole checkpoint; train the run first"));
  }

  /** Measures the network on a split of the data that the run was trained with. */
  public Evaluation evaluate(Split split, Path workingDirectory) throws IOException {
    DataSplits data = DataSplits.open(spec.data(), workingDirectory, preprocessing);
    Samples samples =
        data.find(split)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "--split",
                        split.label(),
                        "one of " + data.samples().keySet().stream().map(Split::label).toList(),
                        "the data of this run has no other splits"));
    Batches batches = new Batches(samples, spec.evaluation().batchSize());
    return Evaluator.evaluate(inference, batches, task.metrics().get(), () -> {});
  }

  /** Answers for what a file holds: a picture, a text, or rows. */
  public List<Answer> answers(Path file) throws IOException {
    List<Answer> answers = new ArrayList<>();
    preprocessing.read(
        file, item -> answers.add(task.answer(item.where(), outputs(item), classNames())));
    return answers;
  }

  /**
   * Answers for a picture, and writes the class of each pixel into a new PNG file.
   *
   * @throws ConfigException if the network tells no classes of pixels
   */
  public Answer segmentation(Path picture, Path mask) throws IOException {
    if (!(preprocessing instanceof MaskPreprocessing masks)) {
      throw new ConfigException(
          "--masks", "a run that tells " + head(), "one that tells pixels", "leave it out");
    }
    List<float[]> outputs = new ArrayList<>();
    preprocessing.read(picture, item -> outputs.add(outputs(item)));
    int[] classes = Task.likeliest(outputs.get(0), classNames().size());
    byte[] png = MaskPng.of(masks.mask(picture, classes));
    Files.createDirectories(mask.toAbsolutePath().getParent());
    Files.write(mask, png, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return task.answer(picture.toString(), outputs.get(0), classNames());
  }

  private float[] outputs(Preprocessing.Item item) {
    return inference.outputs(item.values(), item.inputs());
  }

  /**
   * Refuses to go on if the network gives no vectors of texts.
   *
   * @throws ConfigException that says so
   */
  public void requireVectors() {
    if (!task.head().ofVectors()) {
      throw new ConfigException(
          "--embed",
          "a run that tells " + head(),
          "one whose network gives vectors",
          "train one with data.target.kind: match or similarity");
    }
  }

  /** The vectors of the texts of a file: of a text file, or of each row's first column of texts. */
  public void vectors(Path file, Consumer<Vector> use) throws IOException {
    requireVectors();
    ((TextPreprocessing) preprocessing)
        .ofSingleTexts()
        .read(file, item -> use.accept(new Vector(item.where(), outputs(item))));
  }

  /**
   * What a network makes of a text.
   *
   * @param where the text comes from: a file, or a file and a line
   * @param values of length one together
   */
  public record Vector(String where, float[] values) {}

  /**
   * How a language model goes on after a text.
   *
   * @param tokens how many to write
   * @return what follows the prompt
   * @throws ConfigException if the network is none, or the prompt has no token that it knows
   */
  public String continuation(String prompt, int tokens, Sampling sampling) {
    if (!(preprocessing instanceof TextPreprocessing texts) || texts.target() != null) {
      throw new ConfigException(
          "--prompt",
          "a run of " + spec.model().title() + " that tells " + head(),
          "the run of a language model",
          "train one with data.source: language");
    }
    int[] ids = texts.tokenizer().encodePart(prompt);
    if (ids.length == 0) {
      throw new ConfigException(
          "--prompt", "'" + prompt + "'", "at least one token", "write a few words");
    }
    return texts
        .tokenizer()
        .decode(TextGenerator.of(inference.network()).continuation(ids, tokens, sampling));
  }

  private String head() {
    return task.head().kind().name().toLowerCase(Locale.ROOT);
  }

  /** Whether a folder of files is meant picture by picture. */
  public boolean readsPictures() {
    return preprocessing instanceof ImagePreprocessing
        || preprocessing instanceof MaskPreprocessing;
  }

  /** What turned its data into inputs, and turns outputs into answers. */
  Preprocessing preprocessing() {
    return preprocessing;
  }

  /** With its weights, to be used outside of training. */
  Network network() {
    return inference.network();
  }

  /** Names by class index. */
  public List<String> classNames() {
    return preprocessing.classNames();
  }
}
