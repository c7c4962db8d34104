package dev.dl.models.network;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.tensorfile.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Flat vectors as named tensors and back: in files, weights have their public names and shapes. */
public final class FlatTensors {
  private FlatTensors() {}

  /** Copies each range of a vector into a tensor of its own. */
  public static Map<String, Tensor> split(List<NamedRange> ranges, INDArray vector) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (NamedRange range : ranges) {
      float[] values = DenseArrays.read(vector, range.offset(), range.length());
      tensors.put(range.name(), new Tensor(range.shape(), values));
    }
    return tensors;
  }

  /** Copies tensors into their ranges of a vector; every range needs one of its shape. */
  public static void join(List<NamedRange> ranges, Map<String, Tensor> tensors, INDArray vector) {
    float[] values = DenseArrays.read(vector);
    for (NamedRange range : ranges) {
      Tensor tensor = tensors.get(range.name());
      if (tensor == null || !tensor.shape().equals(range.shape())) {
        throw new IllegalArgumentException(
            "weight "
                + range.name()
                + ": got "
                + (tensor == null ? "none" : "shape " + tensor.shape())
                + ", expected shape "
                + range.shape());
      }
      System.arraycopy(
          tensor.values(), 0, values, Math.toIntExact(range.offset()), tensor.values().length);
    }
    DenseArrays.write(values, vector);
  }
}
