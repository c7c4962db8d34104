package dev.dl.models.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The operation of layers that add the first rows of a trained table to each sequence. */
final class AddedRows implements Operation {
  private final OperationContext context;
  private final String parameter;
  private final boolean everyPosition;

  /**
   * @param parameter the name of the table
   * @param everyPosition whether a sequence has as many rows of the table added as it is long,
   *     rather than the first one to each of its vectors, or to all of them if it is as large
   */
  AddedRows(OperationContext context, String parameter, boolean everyPosition) {
    this.context = context;
    this.parameter = parameter;
    this.everyPosition = everyPosition;
  }

  static List<Parameter> table(int rows, Shape input) {
    return List.of(Parameter.weight(Initializer.transformer(), rows, input.features()));
  }

  @Override
  public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
    INDArray output = memory.activation(inputs[0].shape());
    context.kernels().addRows(inputs[0], first(context.parameter(parameter), output), output);
    return output;
  }

  @Override
  public INDArray[] backward(INDArray outputGradient, Memory memory) {
    INDArray gradient = context.gradient(parameter);
    if (gradient != null) {
      differentiate(outputGradient, gradient);
    }
    if (!context.inputGradientNeeded()) {
      return new INDArray[] {null};
    }
    INDArray inputGradient = memory.gradient(outputGradient.shape());
    inputGradient.assign(outputGradient);
    return new INDArray[] {inputGradient};
  }

  private void differentiate(INDArray outputGradient, INDArray tableGradient) {
    INDArray added = first(tableGradient, outputGradient);
    if (tableGradient.size(0) > added.size(0)) {
      tableGradient.assign(0);
    }
    context.kernels().addRowsGradient(outputGradient, added);
  }

  private INDArray first(INDArray table, INDArray sequences) {
    return table.get(interval(0, everyPosition ? sequences.size(1) : 1));
  }
}
