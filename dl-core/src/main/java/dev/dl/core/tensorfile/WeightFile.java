package dev.dl.core.tensorfile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of weights, in any format that is read: safetensors, ONNX, Keras' HDF5, PyTorch's state
 * dictionaries. The format follows from what is in the file, never from its name. Nothing that a
 * file says is believed before the file is found to be as long, and nothing in it is ever executed.
 */
public final class WeightFile {
  private WeightFile() {}

  /**
   * The tensors of a file by name, in its order, as it shapes them. Float16, bfloat16 and float64
   * become float32, and whole numbers do where that is exact.
   *
   * @throws TensorFileException when the file is damaged, refused or of no format that is read
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    try (FileBytes bytes = FileBytes.open(file)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      WeightFormat.of(bytes).visit(bytes, stored -> tensors.put(stored.name(), stored.read(bytes)));
      return tensors;
    }
  }

  /**
   * What {@link #read} would give, without its numbers.
   *
   * @throws TensorFileException when the file is damaged, refused or of no format that is read
   */
  public static WeightList list(Path file) throws IOException {
    try (FileBytes bytes = FileBytes.open(file)) {
      WeightFormat format = WeightFormat.of(bytes);
      List<WeightEntry> tensors = new ArrayList<>();
      format.visit(bytes, stored -> tensors.add(stored.entry()));
      return new WeightList(format.title(), tensors);
    }
  }
}
