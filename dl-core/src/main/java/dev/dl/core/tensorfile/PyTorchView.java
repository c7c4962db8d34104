package dev.dl.core.tensorfile;

import dev.dl.core.pickle.PickleException;
import java.io.IOException;
import java.util.List;

/**
 * A tensor as PyTorch has it: the number at the indices {@code i} is at {@code offset + i ·
 * strides} of its storage.
 */
record PyTorchView(PyTorchStorage storage, int offset, List<Long> shape, List<Long> strides) {
  private static final int MOST_AXES = 64;

  /**
   * A view that lies inside its storage and repeats nothing of it.
   *
   * @throws PickleException if it does not
   */
  static PyTorchView of(PyTorchStorage storage, long offset, List<Long> shape, List<Long> strides)
      throws PickleException {
    if (shape.size() != strides.size() || shape.size() > MOST_AXES) {
      throw new PickleException(
          shape.size() + " sizes and " + strides.size() + " strides", "as many, at most 64");
    }
    try {
      int count = StoredTensor.count(shape);
      long last = offset;
      for (int axis = 0; axis < shape.size() && count > 0; axis++) {
        last = Math.addExact(last, Math.multiplyExact(shape.get(axis) - 1, strides.get(axis)));
      }
      boolean inside = count == 0 || (offset >= 0 && last >= offset && last < storage.count());
      boolean forward = strides.stream().allMatch(stride -> stride >= 0);
      if (inside && forward && count <= storage.count() && last <= Integer.MAX_VALUE - 8) {
        return new PyTorchView(storage, count == 0 ? 0 : (int) offset, shape, strides);
      }
    } catch (ArithmeticException e) {
      // refused below: a size or a place that no number can hold is outside too
    }
    throw new PickleException(
        "a tensor "
            + shape
            + " with the strides "
            + strides
            + " from number "
            + offset
            + " of "
            + storage.count(),
        "one inside of its storage, without repetition");
  }

  /** How many numbers of the storage the view spans. */
  int span() {
    long span = 1;
    for (int axis = 0; axis < shape.size(); axis++) {
      span += (shape.get(axis) - 1) * strides.get(axis);
    }
    return shape.contains(0L) ? 0 : (int) span;
  }

  /**
   * Its numbers, the last axis varying fastest.
   *
   * @param start where the storage begins in the file
   */
  float[] values(FileBytes file, long start) throws IOException {
    ElementType type = storage.type();
    float[] spanned = file.values(start + (long) offset * type.bytes, type, span());
    if (isDense()) {
      return spanned;
    }
    float[] values = new float[StoredTensor.count(shape)];
    int[] indices = new int[shape.size()];
    int place = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = spanned[place];
      place = advance(indices, place);
    }
    return values;
  }

  /** The place of the next number, whose indices are written to {@code indices}. */
  private int advance(int[] indices, int place) {
    int next = place;
    for (int axis = indices.length - 1; axis >= 0; axis--) {
      int stride = (int) (long) strides.get(axis);
      if (++indices[axis] < shape.get(axis)) {
        return next + stride;
      }
      next -= (indices[axis] - 1) * stride;
      indices[axis] = 0;
    }
    return next;
  }

  private boolean isDense() {
    long dense = 1;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      if (shape.get(axis) != 1 && strides.get(axis) != dense) {
        return false;
      }
      dense *= shape.get(axis);
    }
    return true;
  }
}
