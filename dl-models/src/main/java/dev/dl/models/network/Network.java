package dev.dl.models.network;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Past;
import dev.dl.models.layer.Shape;
import dev.dl.models.network.StepProfile.Part;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.CrashReportingUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A graph that runs: its weights in flat vectors, its loss and gradient for a batch. Used by one
 * thread.
 *
 * <p>Parameters, gradients and buffers are dense vectors; {@link #parameterRanges} says what lies
 * where.
 */
public final class Network {
  private static final String LOSS = "loss";

  private final Kernels kernels;
  private final Graph graph;
  private final Loss loss;
  private final Shape inputShape;
  private final boolean anyLength;
  private final boolean inParts;
  private final List<Placement> placements;
  private final StepMemory memory;
  private final Progress progress;
  private final int firstLayer;
  private final ComputationGraph computation;
  private final INDArray parameters;
  private final INDArray buffers;
  private final List<NamedRange> bufferRanges;
  private final InputFeed feed = new InputFeed(new InputArrays());
  private final Map<Integer, INDArray> targets = new HashMap<>();
  private List<NamedRange> parameterRanges;

  private Network(
      Kernels kernels,
      Graph graph,
      Loss loss,
      List<Placement> placements,
      StepMemory memory,
      Progress progress,
      int firstLayer,
      ComputationGraph computation,
      INDArray buffers) {
    this.kernels = kernels;
    this.graph = graph;
    this.loss = loss;
    this.inputShape = graph.input().shape();
    this.anyLength = graph.readsTexts();
    this.inParts = graph.readsInParts();
    this.placements = placements;
    this.memory = memory;
    this.progress = progress;
    this.firstLayer = firstLayer;
    this.computation = computation;
    this.parameters = flat(computation.params());
    this.buffers = buffers;
    this.bufferRanges = Placements.ranges(placements, Placement::buffers, Placement::bufferOffset);
    freeze(name -> false);
  }

  /**
   * A network with fresh weights, all of which are trained.
   *
   * @param loss that training makes small
   * @param seed decides the weights and what dropout drops
   */
  public static Network create(Graph graph, Loss loss, Kernels kernels, long seed) {
    return create(graph, loss, kernels, seed, 0);
  }

  /**
   * @param first number of the first layer, by which each draws random numbers of its own
   */
  private static Network create(Graph graph, Loss loss, Kernels kernels, long seed, int first) {
    CrashReportingUtil.crashDumpsEnabled(false); // files in the working directory
    Progress progress = new Progress(seed);
    StepMemory memory = new StepMemory(graph, kernels.dataType());
    List<Placement> placements = Placements.of(graph, kernels, memory, progress, first);
    ComputationGraph computation =
        new ComputationGraph(
            configuration(graph, placements, new LossLayerConfiguration(kernels, loss, progress)));
    computation.init(DenseArrays.allocate(kernels.dataType(), 1, graph.parameterCount()), false);
    computation.initGradientsView();
    Network network =
        new Network(
            kernels,
            graph,
            loss,
            placements,
            memory,
            progress,
            first,
            computation,
            Placements.bindBuffers(placements, kernels));
    Placements.initialize(placements, seed);
    return network;
  }

  /**
   * Has some parameters stay as they are from now on, and all others be trained. The entries of
   * those that stay in {@link #gradients} are zero; a layer all of whose parameters are frozen
   * computes no gradient of them, and one before which all is frozen takes no part in the backward
   * pass.
   *
   * @param frozen whether the parameter of this public name is not trained
   */
  public void freeze(Predicate<String> frozen) {
    Set<Node> trained = new HashSet<>();
    for (Placement placement : placements) {
      Node node = placement.node();
      placement.freeze(frozen, node.inputs().stream().map(trained::contains).toList());
      if (placement.trained()) {
        trained.add(node);
      }
    }
    gradients().assign(0);
    parameterRanges = Placements.ranges(placements, Placement::parameters, Placement::offset);
  }

  /** The layers up to a node as a network of its own, with a copy of the weights. */
  public Network upTo(Node node) {
    return withTheseWeights(Graph.of(node), 0);
  }

  /**
   * The layers after a node, as {@link Graph#after}, as a network of its own with a copy of the
   * weights. Dropout drops in it what it drops here.
   */
  public Network after(Node node) {
    return withTheseWeights(graph.after(node), graph.nodes().indexOf(node));
  }

  /**
   * The same network on other kernels, with weights of its own. Dropout drops what it drops here.
   */
  public Network on(Kernels others) {
    return create(graph, loss, others, progress.seed, firstLayer);
  }

  private Network withTheseWeights(Graph part, int first) {
    Network network = create(part, loss, kernels, progress.seed, first);
    network.load(weights());
    return network;
  }

  private static ComputationGraphConfiguration configuration(
      Graph graph, List<Placement> placements, LossLayerConfiguration loss) {
    var builder =
        new NeuralNetConfiguration.Builder()
            .dataType(loss.kernels().dataType())
            .updater(new NoOp())
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(graph.input().name());
    for (Placement placement : placements) {
      String[] feeding = placement.node().inputs().stream().map(Node::name).toArray(String[]::new);
      builder.addVertex(
          placement.node().name(), new OperationVertexConfiguration(placement), feeding);
    }
    return builder.addLayer(LOSS, loss, graph.output().name()).setOutputs(LOSS).build();
  }

  private static INDArray flat(INDArray row) {
    return row.reshape(row.length());
  }

  /**
   * Runs a training pass and leaves the gradient of the sum of the samples' losses in {@link
   * #gradients}.
   *
   * @param values {@code [samples, channels, height, width]} for images, {@code [samples, length]}
   *     for texts, of any length up to the longest that the graph takes, and {@code [samples,
   *     columns]} for rows of a table
   * @param wanted as many targets as the loss has for each row of outputs: {@code [samples,
   *     targets]} or {@code [samples, length, targets]}
   * @param step number of the optimizer update
   * @param firstSample how many samples of the update were in passes before this one: the random
   *     numbers of a sample do not depend on how the update is divided into passes
   * @throws OutOfNativeMemoryError if there is too little for so many samples; {@link
   *     #releaseMemory} makes room for another try
   */
  public LossResult gradient(
      float[] values, int samples, float[] wanted, long step, int firstSample) {
    progress.step = step;
    progress.firstSample = firstSample;
    memory.begin();
    return OutOfNativeMemoryError.told(
        () -> {
          computation.setInputs(
              progress.timed(Part.DATA, "input", "input", () -> input(values, samples)));
          computation.setLabels(targets(wanted));
          return progress.timedAround(
              () -> {
                computation.computeGradientAndScore();
                return ((LossLayer) computation.getOutputLayer(0)).result();
              });
        });
  }

  /**
   * Says over what the pass after the next one will be, so that the samples travel to a GPU while
   * the next one computes. Whether or not that pass comes, results are the same.
   *
   * @param values the very array that {@link #gradient} will be given, unchanged until then
   */
  public void announce(float[] values, int samples) {
    if (kernels.inputsTravel()) {
      feed.announce(values, samples);
    }
  }

  /**
   * Runs the pass of {@link #gradient} and looks at every array on the way.
   *
   * @return the first that holds a value that is not finite, such as {@code the output of conv1};
   *     empty if there is none
   */
  public Optional<String> firstNotFinite(
      float[] values, int samples, float[] wanted, long step, int firstSample) {
    FiniteCheck check = new FiniteCheck();
    check.look(() -> "the weights", parameters);
    check.look(() -> "the input", input(values, samples));
    progress.check = check;
    try {
      gradient(values, samples, wanted, step, firstSample);
    } finally {
      progress.check = null;
    }
    return check.found();
  }

  /** What the arrays take that layers were given for steps so far, in bytes. */
  public long activationBytes() {
    return memory.allocatedElements() * kernels.dataType().width();
  }

  /** Gives back the arrays of steps; the next one takes new ones. */
  public void releaseMemory() {
    memory.release();
    feed.release();
    targets.values().forEach(INDArray::close);
    targets.clear();
  }

  /**
   * The outputs for a batch, without training: logits of classes or labels, or numbers.
   *
   * @param values as of {@link #gradient}
   * @return {@code [samples, outputs]}, {@code [samples, length, outputs]} or, of a part of a
   *     network, {@code [samples, channels, height, width]}
   * @throws OutOfNativeMemoryError as {@link #gradient}
   */
  public float[] logits(float[] values, int samples) {
    memory.begin();
    return OutOfNativeMemoryError.told(() -> outputs(input(values, samples)));
  }

  private float[] outputs(INDArray input) {
    INDArray outputs = computation.output(false, input)[0];
    Shape shape = graph.output().shape();
    return shape.isImage()
        ? kernels.layout().read(outputs, shape.image())
        : DenseArrays.read(outputs);
  }

  /** Whether this reads texts part by part. */
  public boolean readsInParts() {
    return inParts;
  }

  /**
   * The outputs for the next tokens of a text, without training.
   *
   * @param past of the tokens before, which afterwards remembers these too
   * @return {@code [tokens, outputs]}
   */
  public float[] logits(float[] tokens, Past past) {
    if (!inParts || past.length() + tokens.length > inputShape.size()) {
      throw new IllegalArgumentException(
          "got %d tokens after %d, expected a network that reads parts of texts of as many, not of %s"
              .formatted(tokens.length, past.length(), inputShape));
    }
    progress.past = past;
    try {
      float[] logits = logits(tokens, 1);
      past.advance(tokens.length);
      return logits;
    } finally {
      progress.past = null;
    }
  }

  private INDArray input(float[] values, int samples) {
    int size = values.length / samples;
    if (size * samples != values.length || !takes(size)) {
      throw new IllegalArgumentException(
          "got %d values for %d samples, expected %s%s each"
              .formatted(values.length, samples, anyLength ? "up to " : "", inputShape));
    }
    return feed.of(values, samples);
  }

  private boolean takes(int size) {
    return size == inputShape.size() || anyLength && size > 0 && size < inputShape.size();
  }

  /** What samples look like to the kernels. */
  private final class InputArrays implements InputFeed.Arrays {
    @Override
    public INDArray allocate(int samples, int size) {
      return DenseArrays.allocate(
          kernels.dataType(),
          anyLength
              ? new long[] {samples, size}
              : inputShape.isImage()
                  ? kernels.layout().arrayShape(samples, inputShape.image())
                  : inputShape.arrayShape(samples));
    }

    @Override
    public void write(float[] values, INDArray array) {
      if (inputShape.isImage()) {
        kernels.layout().write(values, inputShape.image(), array);
      } else {
        DenseArrays.write(values, array);
      }
    }
  }

  private INDArray targets(float[] wanted) {
    INDArray array =
        targets.computeIfAbsent(
            wanted.length, size -> DenseArrays.allocate(kernels.dataType(), size));
    DenseArrays.write(wanted, array);
    return array;
  }

  /** What this runs. */
  public Graph graph() {
    return graph;
  }

  /** What training makes small. */
  public Loss loss() {
    return loss;
  }

  /** The shape of one sample; of texts, the longest. */
  public Shape inputShape() {
    return inputShape;
  }

  /** Has every operation timed from now on, or none if {@code null}. */
  public void profile(StepProfile profile) {
    progress.profile = profile;
  }

  /** All parameters, frozen ones included; writing to it changes the network. */
  public INDArray parameters() {
    return parameters;
  }

  /** The gradient of the latest training pass, aligned with {@link #parameters}. */
  public INDArray gradients() {
    return flat(computation.getFlattenedGradients());
  }

  /** All untrained values, such as running statistics; one zero when there are none. */
  public INDArray buffers() {
    return buffers;
  }

  /** What lies where in {@link #parameters} and {@link #gradients}. */
  public List<NamedRange> parameterRanges() {
    return parameterRanges;
  }

  /** What lies where in {@link #buffers}. */
  public List<NamedRange> bufferRanges() {
    return bufferRanges;
  }

  /** Parameters and buffers by their public names. */
  public Map<String, Tensor> weights() {
    Map<String, Tensor> weights =
        new LinkedHashMap<>(FlatTensors.split(parameterRanges, parameters));
    weights.putAll(FlatTensors.split(bufferRanges, buffers));
    return weights;
  }

  /** Replaces parameters and buffers; each must be among the weights, in its shape. */
  public void load(Map<String, Tensor> weights) {
    FlatTensors.join(parameterRanges, weights, parameters);
    FlatTensors.join(bufferRanges, weights, buffers);
  }
}
