package dev.dl.core.tensorfile;

import java.util.List;

/**
 * The tensors that a file holds, without their numbers.
 *
 * @param format such as {@code ONNX}
 */
public record WeightList(String format, List<WeightEntry> tensors) {

  public WeightList {
    tensors = List.copyOf(tensors);
  }
}
