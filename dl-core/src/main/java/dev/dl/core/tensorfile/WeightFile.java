package dev.dl.core.tensorfile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Files of weights, in any format that is read. */
public final class WeightFile {
  private WeightFile() {}

  /**
   * The tensors of a file by name, in its order.
   *
   * @throws TensorFileException when the file is damaged, refused or of no format that is read
   */
  public static Map<String, Tensor> read(Path file) throws IOException {
    return SafeTensors.read(file);
  }
}
