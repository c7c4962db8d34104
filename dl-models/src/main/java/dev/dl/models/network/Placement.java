package dev.dl.models.network;

import dev.dl.core.kernel.Kernels;
import dev.dl.core.random.RandomStream;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.OperationContext;
import dev.dl.models.layer.Parameter;
import dev.dl.models.layer.ParameterArrays;
import dev.dl.models.layer.Past;
import dev.dl.models.layer.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One node of one network: its arrays and what it needs to know about the step. */
final class Placement implements OperationContext {
  /** Streams of a step, of which the layers use the first. */
  private static final int STREAMS_PER_STEP = 1 << 16;

  private final Node node;
  private final int number;
  private final Kernels kernels;
  private final StepMemory.OfNode memory;
  private final Progress progress;
  private final List<Parameter> parameters;
  private final List<Parameter> buffers;
  private ParameterArrays values;
  private ParameterArrays gradients;
  private ParameterArrays bufferValues;
  private List<Boolean> inputsTrained = List.of();
  private List<Parameter> trainedParameters = List.of();
  private long offset;
  private long bufferOffset;
  private Placement folded;
  private boolean foldedAway;

  Placement(Node node, int number, Kernels kernels, StepMemory.OfNode memory, Progress progress) {
    this.node = node;
    this.number = number;
    this.kernels = kernels;
    this.memory = memory;
    this.progress = progress;
    this.parameters = node.layer().parameters(node.inputShapes());
    this.buffers = node.layer().buffers(node.inputShapes());
  }

  /**
   * Decides what is trained from now on.
   *
   * @param frozen whether the parameter of a public name is not
   * @param trainedInputs of each input, whether it depends on anything that is
   */
  void freeze(Predicate<String> frozen, List<Boolean> trainedInputs) {
    inputsTrained = List.copyOf(trainedInputs);
    trainedParameters =
        parameters.stream().filter(parameter -> !frozen.test(publicName(parameter))).toList();
  }

  Node node() {
    return node;
  }

  StepMemory.OfNode memory() {
    return memory;
  }

  /** The result of this node's work, timed while the network is being profiled. */
  <T> T timed(StepProfile.Part part, Supplier<T> work) {
    return progress.timed(part, node.name(), node.layer().getClass().getSimpleName(), work);
  }

  /** Looks at an array of this node, while the step is looked through. */
  void check(Supplier<String> what, INDArray array) {
    if (progress.check != null) {
      progress.check.look(what, array);
    }
  }

  /** The same for the gradients of its parameters. */
  void checkGradients() {
    if (progress.check != null) {
      for (Parameter parameter : trainedParameters) {
        check(() -> "the gradient of " + publicName(parameter), gradient(parameter.name()));
      }
    }
  }

  /** Has this node do the work of {@code reader} too outside of training. */
  void fold(Placement reader) {
    folded = reader;
    reader.foldedAway = true;
  }

  /** Whether outside of training the node before this one does its work. */
  boolean foldedAway() {
    return foldedAway;
  }

  @Override
  public Optional<Folded> folded() {
    return Optional.ofNullable(folded).map(reader -> new Folded(reader.node.layer(), reader));
  }

  List<Parameter> parameters() {
    return parameters;
  }

  List<Parameter> buffers() {
    return buffers;
  }

  /** As files and configurations call it: {@code layer1.0.conv1.weight}. */
  String publicName(Parameter array) {
    return array.publicName(node.name());
  }

  /** Whether this is a parameter of the layer that is not frozen. */
  boolean trains(Parameter array) {
    return trainedParameters.contains(array);
  }

  @Override
  public boolean trains(String name) {
    return trainedParameters.stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  long parameterCount() {
    return length(parameters);
  }

  static long length(List<Parameter> arrays) {
    return arrays.stream().mapToLong(Parameter::length).sum();
  }

  /** Position of the first parameter in the flat vector of the network. */
  long offset() {
    return offset;
  }

  /** Position of the first buffer among those of the network. */
  long bufferOffset() {
    return bufferOffset;
  }

  void bindParameters(INDArray view) {
    values = new ParameterArrays(parameters, view);
    offset = view == null ? 0 : view.offset();
  }

  void bindGradients(INDArray view) {
    gradients = new ParameterArrays(parameters, view);
  }

  void bindBuffers(INDArray view) {
    bufferValues = new ParameterArrays(buffers, view);
    bufferOffset = view.offset();
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public List<Shape> inputs() {
    return node.inputShapes();
  }

  @Override
  public boolean inputGradientNeeded() {
    return inputsTrained.contains(true);
  }

  boolean inputTrained(int input) {
    return inputsTrained.get(input);
  }

  /** Whether the output depends on anything that is trained. */
  boolean trained() {
    return inputGradientNeeded() || !trainedParameters.isEmpty();
  }

  @Override
  public boolean frozen() {
    return trainedParameters.isEmpty() && !parameters.isEmpty();
  }

  /** Sets to zero what a layer that is frozen in part has written beside its trained gradients. */
  void clearFrozenGradients() {
    if (!frozen()) {
      parameters.stream()
          .filter(parameter -> !trains(parameter))
          .forEach(parameter -> gradients.get(parameter.name()).assign(0));
    }
  }

  @Override
  public INDArray parameter(String name) {
    return values.get(name);
  }

  @Override
  public INDArray gradient(String name) {
    return frozen() ? null : gradients.get(name);
  }

  @Override
  public INDArray parametersFrom(String first, long... shape) {
    return values.from(first, shape);
  }

  @Override
  public INDArray gradientsFrom(String first, long... shape) {
    return frozen() ? null : gradients.from(first, shape);
  }

  @Override
  public INDArray buffer(String name) {
    return bufferValues.get(name);
  }

  @Override
  public Optional<Past> past() {
    return Optional.ofNullable(progress.past);
  }

  @Override
  public long seed() {
    return progress.seed;
  }

  @Override
  public long stream() {
    return RandomStream.DROPOUT.at(progress.step * STREAMS_PER_STEP, number);
  }

  @Override
  public long firstSample() {
    return progress.firstSample;
  }
}
