package dev.dl.core.kernel.update;

import dev.dl.core.kernel.DenseArrays;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every kernel asks of the vectors that it is given. */
final class Operands {
  private Operands() {}

  /** Everything that a step works on, in this order: gradient, parameters, state, average. */
  static INDArray[] vectors(Parameters parameters, INDArray gradient, INDArray... state) {
    List<INDArray> vectors = new ArrayList<>(List.of(gradient, parameters.values()));
    vectors.addAll(List.of(state));
    parameters.average().ifPresent(average -> vectors.add(average.values()));
    return vectors.toArray(INDArray[]::new);
  }

  /** Refuses vectors that are not dense, not of one length and type, or end before the range. */
  static void check(Range range, INDArray... vectors) {
    DataType type = vectors[0].dataType();
    long length = vectors[0].length();
    for (INDArray vector : vectors) {
      DenseArrays.requireDense(vector, length);
      if (vector.dataType() != type) {
        throw new IllegalArgumentException(
            "vector: got one of %s beside one of %s, expected equal types"
                .formatted(vector.dataType(), type));
      }
    }
    if (range.end() > length) {
      throw new IllegalArgumentException(
          "range: got an end of %d, expected at most %d".formatted(range.end(), length));
    }
  }
}
