package dev.dl.models.layer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The arrays of a layer's parameters or buffers: parts of one vector, in their order. */
public final class ParameterArrays {
  private final INDArray vector;
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final Map<String, Long> offsets = new HashMap<>();

  /**
   * @param vector of the parameters' lengths together; may be {@code null} where there are none
   */
  public ParameterArrays(List<Parameter> parameters, INDArray vector) {
    this.vector = vector == null ? null : vector.reshape(vector.length());
    long offset = 0;
    for (Parameter parameter : parameters) {
      offsets.put(parameter.name(), offset);
      long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
      arrays.put(parameter.name(), from(parameter.name(), shape));
      offset += parameter.length();
    }
  }

  /** The array of a parameter in its own shape, or {@code null} where there is none. */
  public INDArray get(String name) {
    return arrays.get(name);
  }

  /** The values of {@code first} and of what follows it as one array of this shape. */
  public INDArray from(String first, long... shape) {
    long start = offsets.get(first);
    long length = LongStream.of(shape).reduce(1, Math::multiplyExact);
    return vector.get(NDArrayIndex.interval(start, start + length)).reshape('c', shape);
  }
}
