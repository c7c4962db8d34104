package dev.dl.models.layer;

import dev.dl.core.kernel.RecurrentCell;
import dev.dl.core.kernel.RecurrentGeometry;
import dev.dl.core.kernel.RecurrentKernel;
import dev.dl.core.kernel.RecurrentWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An LSTM or GRU over whole sequences: {@code [length, features]} to {@code [length, hidden]}, or
 * {@code [length, 2 · hidden]} where a second direction reads each sequence from its end. May be
 * joined with a mask {@code [length]}: positions where it is zero are skipped and have outputs of
 * zero, as those of PyTorch's packed sequences.
 *
 * <p>Parameters as PyTorch's: {@code weight_ih_l0 [gates · hidden, features]}, {@code weight_hh_l0
 * [gates · hidden, hidden]}, {@code bias_ih_l0} and {@code bias_hh_l0 [gates · hidden]}, and the
 * same with {@code _reverse} for the second direction.
 *
 * @param hidden features of the state
 */
public record Recurrent(RecurrentCell cell, int hidden, boolean bidirectional) implements Layer {

  /** Long short-term memory in one direction. */
  public static Recurrent lstm(int hidden) {
    return new Recurrent(RecurrentCell.LSTM, hidden, false);
  }

  /** A gated recurrent unit in one direction. */
  public static Recurrent gru(int hidden) {
    return new Recurrent(RecurrentCell.GRU, hidden, false);
  }

  /** The same cell in both directions. */
  public Recurrent inBothDirections() {
    return new Recurrent(cell, hidden, true);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape.requireMask(inputs);
    return Shape.of(inputs.get(0).length(), geometry(inputs).outputs());
  }

  private RecurrentGeometry geometry(List<Shape> inputs) {
    return new RecurrentGeometry(cell, inputs.get(0).features(), hidden, bidirectional);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    RecurrentGeometry geometry = geometry(inputs);
    Initializer initializer = Initializer.fanIn(hidden);
    long rows = geometry.gateRows();
    List<Parameter> parameters = new ArrayList<>();
    for (int direction = 0; direction < geometry.directions(); direction++) {
      String suffix = suffix(direction);
      parameters.add(
          Parameter.weight(initializer, rows, geometry.inputs()).named("weight_ih" + suffix));
      parameters.add(Parameter.weight(initializer, rows, hidden).named("weight_hh" + suffix));
      parameters.add(Parameter.vector("bias_ih" + suffix, initializer, rows));
      parameters.add(Parameter.vector("bias_hh" + suffix, initializer, rows));
    }
    return parameters;
  }

  private static String suffix(int direction) {
    return direction == 0 ? "_l0" : "_l0_reverse";
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    RecurrentGeometry geometry = geometry(inputs);
    long weights = (long) geometry.gateRows() * (geometry.inputs() + hidden);
    return inputs.get(0).length() * geometry.directions() * weights;
  }

  @Override
  public boolean readsInParts() {
    return !bidirectional;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new Running(context, geometry(context.inputs()));
  }

  private static final class Running implements Operation {
    private final OperationContext context;
    private final RecurrentGeometry geometry;
    private final RecurrentKernel kernel;
    private INDArray input;
    private INDArray mask;
    private INDArray output;
    private CarriedState carried;

    Running(OperationContext context, RecurrentGeometry geometry) {
      this.context = context;
      this.geometry = geometry;
      this.kernel = context.kernels().recurrent(geometry);
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
      input = inputs[0];
      mask = inputs.length > 1 ? inputs[1] : null;
      output = memory.activation(input.size(0), input.size(1), geometry.outputs());
      context
          .past()
          .ifPresentOrElse(
              past -> goOn(past, memory),
              () -> kernel.forward(input, mask, weights(context::parameter), output, training));
      return output;
    }

    private void goOn(Past past, Memory memory) {
      if (carried == null) {
        carried = new CarriedState(context, geometry);
      }
      float[] state = past.of(context, 2 * geometry.hidden());
      carried.forward(input, weights(context::parameter).get(0), state, output, memory);
    }

    @Override
    public INDArray[] backward(INDArray outputGradient, Memory memory) {
      INDArray inputGradient =
          context.inputGradientNeeded() ? memory.gradient(input.shape()) : null;
      kernel.backward(
          input,
          mask,
          weights(context::parameter),
          output,
          outputGradient,
          inputGradient,
          weights(context.frozen() ? name -> unread(name, memory) : context::gradient));
      return mask == null ? new INDArray[] {inputGradient} : new INDArray[] {inputGradient, null};
    }

    /** Where the kernels write the gradients of a frozen layer, as oneDNN makes all at once. */
    private INDArray unread(String parameter, Memory memory) {
      return memory.gradient(context.parameter(parameter).shape());
    }

    private List<RecurrentWeights> weights(Function<String, INDArray> arrays) {
      return Stream.iterate(0, direction -> direction + 1)
          .limit(geometry.directions())
          .map(Recurrent::suffix)
          .map(
              suffix ->
                  new RecurrentWeights(
                      arrays.apply("weight_ih" + suffix),
                      arrays.apply("weight_hh" + suffix),
                      arrays.apply("bias_ih" + suffix),
                      arrays.apply("bias_hh" + suffix)))
          .toList();
    }
  }
}
