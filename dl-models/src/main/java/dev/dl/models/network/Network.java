package dev.dl.models.network;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.core.random.RandomStream;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Parameter;
import dev.dl.models.layer.Past;
import dev.dl.models.layer.Shape;
import dev.dl.models.network.StepProfile.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.CrashReportingUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
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
  private final Shape inputShape;
  private final boolean anyLength;
  private final boolean inParts;
  private final List<Placement> placements;
  private final StepMemory memory;
  private final Progress progress;
  private final ComputationGraph computation;
  private final INDArray parameters;
  private final INDArray buffers;
  private final List<NamedRange> bufferRanges;
  private final Map<List<Integer>, INDArray> inputs = new HashMap<>();
  private final Map<Integer, INDArray> targets = new HashMap<>();
  private List<NamedRange> parameterRanges;

  private Network(
      Kernels kernels,
      Graph graph,
      List<Placement> placements,
      StepMemory memory,
      Progress progress,
      ComputationGraph computation,
      INDArray buffers) {
    this.kernels = kernels;
    this.graph = graph;
    this.inputShape = graph.input().shape();
    this.anyLength = graph.readsTexts();
    this.inParts = graph.readsInParts();
    this.placements = placements;
    this.memory = memory;
    this.progress = progress;
    this.computation = computation;
    this.parameters = flat(computation.params());
    this.buffers = buffers;
    this.bufferRanges = ranges(placements, Placement::buffers, Placement::bufferOffset);
    freeze(name -> false);
  }

  /** Ascending: Deeplearning4j sorts a graph with branches its own way. */
  private static List<NamedRange> ranges(
      List<Placement> placements,
      Function<Placement, List<Parameter>> arrays,
      ToLongFunction<Placement> start) {
    List<NamedRange> ranges = new ArrayList<>();
    for (Placement placement : placements) {
      long offset = start.applyAsLong(placement);
      for (Parameter array : arrays.apply(placement)) {
        ranges.add(
            new NamedRange(
                placement.publicName(array),
                array.shape(),
                offset,
                array.length(),
                array.decayed(),
                placement.trains(array)));
        offset += array.length();
      }
    }
    ranges.sort(Comparator.comparingLong(NamedRange::offset));
    return List.copyOf(ranges);
  }

  /**
   * A network with fresh weights, all of which are trained.
   *
   * @param loss that training makes small
   * @param seed decides the weights and what dropout drops
   */
  public static Network create(Graph graph, Loss loss, Kernels kernels, long seed) {
    CrashReportingUtil.crashDumpsEnabled(false); // files in the working directory
    Progress progress = new Progress(seed);
    StepMemory memory = new StepMemory(graph, kernels.dataType());
    List<Placement> placements = place(graph, kernels, memory, progress);
    ComputationGraph computation =
        new ComputationGraph(
            configuration(graph, placements, new LossLayerConfiguration(kernels, loss, progress)));
    computation.init(DenseArrays.allocate(kernels.dataType(), 1, graph.parameterCount()), false);
    computation.initGradientsView();
    Network network =
        new Network(
            kernels,
            graph,
            placements,
            memory,
            progress,
            computation,
            bindBuffers(placements, kernels));
    network.initialize(seed);
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
    parameterRanges = ranges(placements, Placement::parameters, Placement::offset);
  }

  private static List<Placement> place(
      Graph graph, Kernels kernels, StepMemory memory, Progress progress) {
    List<Placement> placements = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!node.isInput()) {
        placements.add(new Placement(node, placements.size(), kernels, memory.of(node), progress));
      }
    }
    fold(graph, placements);
    return placements;
  }

  private static void fold(Graph graph, List<Placement> placements) {
    Map<Node, Placement> places = new HashMap<>();
    placements.forEach(placement -> places.put(placement.node(), placement));
    for (Placement placement : placements) {
      List<Node> readers = graph.readers(placement.node());
      if (readers.size() == 1 && placement.node().layer().folds(readers.get(0).layer())) {
        placement.fold(places.get(readers.get(0)));
      }
    }
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

  private static INDArray bindBuffers(List<Placement> placements, Kernels kernels) {
    long total =
        placements.stream().mapToLong(placement -> Placement.length(placement.buffers())).sum();
    INDArray all = DenseArrays.allocate(kernels.dataType(), Math.max(1, total));
    long offset = 0;
    for (Placement placement : placements) {
      long length = Placement.length(placement.buffers());
      if (length > 0) {
        placement.bindBuffers(all.get(NDArrayIndex.interval(offset, offset + length)));
      }
      offset += length;
    }
    return all;
  }

  private static INDArray flat(INDArray row) {
    return row.reshape(row.length());
  }

  private void initialize(long seed) {
    int index = 0;
    for (Placement placement : placements) {
      for (Parameter parameter : placement.parameters()) {
        fill(
            placement.parameter(parameter.name()),
            parameter,
            seed,
            RandomStream.WEIGHTS.at(index++));
      }
      for (Parameter buffer : placement.buffers()) {
        fill(placement.buffer(buffer.name()), buffer, seed, RandomStream.WEIGHTS.at(index++));
      }
    }
  }

  private static void fill(INDArray array, Parameter parameter, long seed, long stream) {
    float[] values = new float[Math.toIntExact(parameter.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) parameter.initializer().value(seed, stream, i);
    }
    DenseArrays.write(values, array);
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
    inputs.values().forEach(INDArray::close);
    inputs.clear();
    targets.values().forEach(INDArray::close);
    targets.clear();
  }

  /**
   * The outputs for a batch, without training: logits of classes or labels, or numbers.
   *
   * @param values as of {@link #gradient}
   * @return {@code [samples, outputs]} or {@code [samples, length, outputs]}
   * @throws OutOfNativeMemoryError as {@link #gradient}
   */
  public float[] logits(float[] values, int samples) {
    memory.begin();
    return OutOfNativeMemoryError.told(
        () -> DenseArrays.read(computation.output(false, input(values, samples))[0]));
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
    INDArray array = inputs.computeIfAbsent(List.of(samples, size), this::allocateInput);
    if (inputShape.isImage()) {
      kernels.layout().write(values, inputShape.image(), array);
    } else {
      DenseArrays.write(values, array);
    }
    return array;
  }

  private boolean takes(int size) {
    return size == inputShape.size() || anyLength && size > 0 && size < inputShape.size();
  }

  private INDArray allocateInput(List<Integer> samplesAndSize) {
    int samples = samplesAndSize.get(0);
    return DenseArrays.allocate(
        kernels.dataType(),
        anyLength
            ? new long[] {samples, samplesAndSize.get(1)}
            : inputShape.isImage()
                ? kernels.layout().arrayShape(samples, inputShape.image())
                : inputShape.arrayShape(samples));
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

  /** Replaces parameters and buffers; every name and shape must match. */
  public void load(Map<String, Tensor> weights) {
    FlatTensors.join(parameterRanges, weights, parameters);
    FlatTensors.join(bufferRanges, weights, buffers);
  }
}
