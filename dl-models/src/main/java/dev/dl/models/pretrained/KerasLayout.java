package dev.dl.models.pretrained;

import dev.dl.core.tensorfile.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kernels as Keras lays them out, outputs last, brought to PyTorch's order, outputs first:
 *
 * <ul>
 *   <li>dense {@code [inputs, outputs]} to {@code [outputs, inputs]};
 *   <li>of sequences {@code [width, inputs, outputs]} to {@code [outputs, 1, width, inputs]};
 *   <li>of images {@code [height, width, inputs, outputs]} to {@code [outputs, inputs, height,
 *       width]};
 *   <li>of each channel alone {@code [height, width, channels, multiplier]} to {@code [channels ·
 *       multiplier, 1, height, width]}.
 * </ul>
 */
final class KerasLayout {
  private static final Pattern KERNEL = Pattern.compile("/(depthwise_)?kernel(:\\d+)?$");

  private KerasLayout() {}

  /**
   * The kernel in PyTorch's order; empty where the tensor is none.
   *
   * @param name in the file
   */
  static Optional<Tensor> outputsFirst(String name, Tensor tensor) {
    Matcher kernel = KERNEL.matcher(name);
    if (!kernel.find()) {
      return Optional.empty();
    }
    return switch (tensor.shape().size()) {
      case 2 -> Optional.of(Matrices.transposed(tensor));
      case 3 -> Optional.of(ofSequences(Matrices.permuted(tensor, 2, 0, 1)));
      case 4 ->
          Optional.of(
              kernel.group(1) == null
                  ? Matrices.permuted(tensor, 3, 2, 0, 1)
                  : ofEachChannel(Matrices.permuted(tensor, 2, 3, 0, 1)));
      default -> Optional.empty();
    };
  }

  private static Tensor ofSequences(Tensor kernel) {
    List<Long> shape = kernel.shape();
    return new Tensor(List.of(shape.get(0), 1L, shape.get(1), shape.get(2)), kernel.values());
  }

  private static Tensor ofEachChannel(Tensor kernel) {
    List<Long> shape = kernel.shape();
    return new Tensor(
        List.of(shape.get(0) * shape.get(1), 1L, shape.get(2), shape.get(3)), kernel.values());
  }
}
