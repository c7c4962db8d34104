package dev.dl.training.loop;

import dev.dl.core.backend.Compute;
import dev.dl.core.backend.Worker;
import dev.dl.core.config.ConfigException;
import dev.dl.core.data.Batch;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.core.kernel.update.Parameters;
import dev.dl.core.kernel.update.UpdateKernels;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.network.FlatTensors;
import dev.dl.models.network.NamedRange;
import dev.dl.models.network.Network;
import dev.dl.training.optimizer.ExponentialMovingAverage;
import dev.dl.training.optimizer.FineTuning;
import dev.dl.training.optimizer.GradientClip;
import dev.dl.training.optimizer.Optimizer;
import dev.dl.training.optimizer.ParameterRange;
import dev.dl.training.optimizer.Schedule;
import dev.dl.training.spec.RunSpec;
import dev.dl.training.spec.TrainingSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network together with all that changes it: gradients become updates, updates become averages.
 */
public final class Learner {
  private static final String AVERAGE = "ema.";

  private final Network network;
  private final FineTuning tuning;
  private final Optimizer optimizer;
  private final Schedule schedule;
  private final GradientClip clip;
  private final double learningRate;
  private final GradientPasses passes;
  private final UpdateKernels kernels;
  private final double averageDecay;
  private Optional<Averages> averages;
  private long trainedParameters = -1;
  private int plateaus;

  /** Moving averages of everything that inference reads. */
  private record Averages(ExponentialMovingAverage parameters, ExponentialMovingAverage buffers) {}

  private Learner(
      Network network,
      Function<Batch, float[]> targets,
      RunSpec spec,
      FineTuning tuning,
      Schedule schedule,
      UpdateKernels kernels,
      List<Worker> workers) {
    this.network = network;
    this.tuning = tuning;
    this.schedule = schedule;
    this.kernels = kernels;
    this.learningRate = spec.optimizer().learningRate();
    this.optimizer =
        Optimizer.of(spec.optimizer(), ranges(), network.parameters().length(), kernels);
    Double maximumNorm = spec.training().maximumGradientNorm();
    this.clip = maximumNorm == null ? GradientClip.NONE : new GradientClip(maximumNorm);
    this.passes = new GradientPasses(network, targets, spec.training().samplesAtOnce(), workers);
    this.averageDecay = spec.training().emaDecay() == null ? 0 : spec.training().emaDecay();
    this.averages = averageDecay > 0 ? Optional.of(averagesOfNow()) : Optional.empty();
  }

  /**
   * A learner before its first step, which computes on one device.
   *
   * @throws ConfigException if the spec's fine-tuning does not fit the network
   */
  public static Learner of(
      Network network, RunSpec spec, long stepsPerEpoch, UpdateKernels kernels) {
    FineTuning tuning = FineTuning.of(spec.fineTuning(), network.graph(), stepsPerEpoch);
    Schedule schedule = Schedule.of(spec, stepsPerEpoch);
    return new Learner(network, Batch::targets, spec, tuning, schedule, kernels, List.of());
  }

  /**
   * A learner before its first step.
   *
   * @param network a whole one, or the part of it that is trained
   * @param targets of a batch, as the loss of the network has them
   * @param tuning of the whole network
   * @param schedule the spec's, or another
   * @param compute whose devices share each batch
   */
  public static Learner of(
      Network network,
      Function<Batch, float[]> targets,
      FineTuning tuning,
      RunSpec spec,
      Schedule schedule,
      Compute compute) {
    return new Learner(
        network, targets, spec, tuning, schedule, compute.updates(), compute.workers());
  }

  private List<ParameterRange> ranges() {
    return trained().stream()
        .map(
            range ->
                new ParameterRange(
                    range.offset(), range.length(), range.decayed(), tuning.pace(range.name())))
        .toList();
  }

  /** What is trained at any time. */
  private List<NamedRange> trained() {
    return network.parameterRanges().stream()
        .filter(range -> !tuning.frozen(range.name()))
        .toList();
  }

  private Averages averagesOfNow() {
    return new Averages(
        ExponentialMovingAverage.of(network.parameters(), averageDecay),
        ExponentialMovingAverage.of(network.buffers(), averageDecay));
  }

  /**
   * What one batch did.
   *
   * @param loss mean over the samples
   * @param accuracy share of the rows with a target whose answer was right, before the update
   * @param gradientNorm of the mean gradient, before clipping
   */
  public record Update(double loss, double accuracy, double gradientNorm, double learningRate) {

    /** Whether the update was made: one that is not finite never is. */
    public boolean applied() {
      return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }
  }

  /**
   * Takes one step on a batch, in micro-batches if the spec says so or memory runs out. One that is
   * not finite changes nothing.
   *
   * @param completedSteps of the run before this one
   */
  public Update step(Batch batch, long completedSteps) {
    freeze(completedSteps);
    Replica.Gradient found = passes.run(batch, completedSteps);
    LossResult total = found.loss();
    INDArray gradient = found.sum();
    double rate = learningRate * schedule.factor(completedSteps, plateaus);
    double normOfSum = optimizer.gradientNorm(gradient); // before the loss is fetched
    double scale = 1.0 / Math.max(1, total.counted());
    double norm = normOfSum * scale;
    Update update = new Update(total.sum() * scale, total.correct() * scale, norm, rate);
    if (update.applied()) {
      Parameters parameters =
          new Parameters(
              network.parameters(),
              averages.map(average -> average.parameters.at(completedSteps + 1)));
      optimizer.step(parameters, gradient, rate, clip.factor(norm) * scale);
      averages.ifPresent(
          average -> kernels.ema(average.buffers.at(completedSteps + 1), network.buffers()));
    } else {
      passes.undo();
    }
    return update;
  }

  /** Says which batch the step after the next one takes, so that it may travel ahead. */
  public void announce(Batch batch) {
    passes.announce(batch);
  }

  /** Says how many plateaus the run has met before the steps that follow. */
  public void plateaus(int met) {
    plateaus = met;
  }

  /** Has the network compute the gradients that the next step takes, and no others. */
  public void freeze(long completedSteps) {
    long trained = tuning.trained(completedSteps);
    if (trained != trainedParameters) {
      passes.freeze(name -> tuning.frozen(name, completedSteps));
      trainedParameters = trained;
    }
  }

  /** Passes over a batch at once, to see what memory that takes; nothing comes of it. */
  public void pass(Batch batch) {
    passes.pass(batch, 0, 0);
  }

  /** Why a step on this batch was not finite; for such a step, before any other. */
  Diagnosis diagnose(Batch batch, long completedSteps) {
    return passes.diagnose(batch, completedSteps);
  }

  /** Whether all weights are finite. */
  boolean isFinite() {
    return DenseArrays.isFinite(network.parameters()) && DenseArrays.isFinite(network.buffers());
  }

  /** What the optimizer's state and the averages take, in bytes. */
  public long stateBytes() {
    long width = network.parameters().dataType().width();
    long state = optimizer.state().values().stream().mapToLong(INDArray::length).sum();
    long average =
        averages.isEmpty() ? 0 : network.parameters().length() + network.buffers().length();
    return (state + average) * width;
  }

  /**
   * What the user should know of batches that are divided, if they are.
   *
   * @param devices that share each batch
   */
  public static Optional<String> noticeOfAccumulation(
      TrainingSpec spec, Network network, int devices) {
    int atOnce = Math.min(spec.samplesAtOnce(), (spec.batchSize() + devices - 1) / devices);
    return GradientPasses.seesBatches(network)
        .filter(what -> atOnce < spec.batchSize())
        .map(
            what ->
                ("%s sees %d samples at once, not the %d of a batch, so updates are not those of"
                        + " whole batches")
                    .formatted(what, atOnce, spec.batchSize()));
  }

  /** Samples that go through the network at once; fewer than the spec says where memory ran out. */
  public int microBatchSize() {
    return passes.microBatchSize();
  }

  /** Goes on with as many samples at once as had to be in an earlier part of the run. */
  public void setMicroBatchSize(int samples) {
    passes.setMicroBatchSize(samples);
  }

  /**
   * Runs {@code work} while the network holds the weights that inference is to use: the averages,
   * if there are any.
   */
  public <T> T withInferenceWeights(Supplier<T> work) {
    if (averages.isEmpty()) {
      return work.get();
    }
    INDArray parameters = OutOfNativeMemoryError.told(() -> network.parameters().dup());
    INDArray buffers = OutOfNativeMemoryError.told(() -> network.buffers().dup());
    try {
      network.parameters().assign(averages.get().parameters.average());
      network.buffers().assign(averages.get().buffers.average());
      return work.get();
    } finally {
      network.parameters().assign(parameters);
      network.buffers().assign(buffers);
      parameters.close();
      buffers.close();
    }
  }

  /** Parameters and buffers as trained, by public name. */
  public Map<String, Tensor> weights() {
    return network.weights();
  }

  /**
   * Everything else that the next step depends on: {@code momentum.conv1.weight}, {@code
   * ema.conv1.weight}.
   */
  public Map<String, Tensor> optimizerState() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    optimizer.state().forEach((name, vector) -> putAll(tensors, name + ".", trained(), vector));
    averages.ifPresent(
        average -> {
          putAll(tensors, AVERAGE, network.parameterRanges(), average.parameters.average());
          putAll(tensors, AVERAGE, network.bufferRanges(), average.buffers.average());
        });
    return tensors;
  }

  private static void putAll(
      Map<String, Tensor> tensors, String prefix, List<NamedRange> ranges, INDArray vector) {
    FlatTensors.split(ranges, vector).forEach((name, tensor) -> tensors.put(prefix + name, tensor));
  }

  /** Goes on where a checkpoint was taken. */
  public void restore(Map<String, Tensor> weights, Map<String, Tensor> optimizerState, long steps) {
    network.load(weights);
    Map<String, INDArray> vectors = new LinkedHashMap<>();
    optimizer
        .state()
        .forEach(
            (name, vector) -> {
              INDArray restored = vector.dup();
              FlatTensors.join(trained(), withoutPrefix(optimizerState, name + "."), restored);
              vectors.put(name, restored);
            });
    optimizer.load(vectors, steps);
    vectors.values().forEach(INDArray::close);
    if (averages.isPresent()) {
      network.load(inferenceWeights(weights, optimizerState));
      averages = Optional.of(averagesOfNow());
      network.load(weights);
    }
  }

  /** The weights of a checkpoint that inference is to use: moving averages where it holds some. */
  public static Map<String, Tensor> inferenceWeights(
      Map<String, Tensor> weights, Map<String, Tensor> optimizerState) {
    Map<String, Tensor> averaged = new LinkedHashMap<>(weights);
    averaged.putAll(withoutPrefix(optimizerState, AVERAGE));
    return averaged;
  }

  private static Map<String, Tensor> withoutPrefix(Map<String, Tensor> tensors, String prefix) {
    Map<String, Tensor> stripped = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            stripped.put(name.substring(prefix.length()), tensor);
          }
        });
    return stripped;
  }
}
