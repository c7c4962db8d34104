package dev.dl.models.pretrained;

import dev.dl.core.tensorfile.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors in another order, or several as one. */
final class Matrices {
  private Matrices() {}

  /** {@code [rows, columns]} to {@code [columns, rows]}. */
  static Tensor transposed(Tensor matrix) {
    int rows = Math.toIntExact(matrix.shape().get(0));
    int columns = Math.toIntExact(matrix.shape().get(1));
    float[] values = matrix.values();
    float[] turned = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return new Tensor(List.of((long) columns, (long) rows), turned);
  }

  /**
   * The axes in another order.
   *
   * @param axes which axis of the tensor becomes the first, the second, and so on
   */
  static Tensor permuted(Tensor tensor, int... axes) {
    List<Long> shape = Arrays.stream(axes).mapToObj(tensor.shape()::get).toList();
    int[] strides = Arrays.stream(axes).map(axis -> stride(tensor, axis)).toArray();
    float[] values = new float[tensor.values().length];
    int[] position = new int[axes.length];
    for (int i = 0, from = 0; i < values.length; i++) {
      values[i] = tensor.values()[from];
      for (int axis = axes.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++position[axis] < shape.get(axis)) {
          break;
        }
        from -= position[axis] * strides[axis];
        position[axis] = 0;
      }
    }
    return new Tensor(shape, values);
  }

  /** The tensor with the same added everywhere. */
  static Tensor plus(Tensor tensor, double difference) {
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) difference;
    }
    return new Tensor(tensor.shape(), values);
  }

  /** Values from one place along an axis to the next. */
  private static int stride(Tensor tensor, int axis) {
    List<Long> inner = tensor.shape().subList(axis + 1, tensor.shape().size());
    return Math.toIntExact(inner.stream().reduce(1L, Math::multiplyExact));
  }

  /** Whether the tensors differ in their first axis at most. */
  static boolean canBeJoined(List<Tensor> parts) {
    return parts.stream().noneMatch(part -> part.shape().isEmpty())
        && parts.stream().map(Matrices::rowShape).distinct().count() == 1;
  }

  /** The tensors one after the other, along the first axis. */
  static Tensor joined(List<Tensor> parts) {
    int length = parts.stream().mapToInt(part -> part.values().length).sum();
    float[] values = new float[length];
    int position = 0;
    long rows = 0;
    for (Tensor part : parts) {
      System.arraycopy(part.values(), 0, values, position, part.values().length);
      position += part.values().length;
      rows += part.shape().get(0);
    }
    List<Long> shape = new ArrayList<>(List.of(rows));
    shape.addAll(rowShape(parts.get(0)));
    return new Tensor(shape, values);
  }

  private static List<Long> rowShape(Tensor tensor) {
    return tensor.shape().subList(1, tensor.shape().size());
  }
}
