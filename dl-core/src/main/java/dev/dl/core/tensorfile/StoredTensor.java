package dev.dl.core.tensorfile;

import java.io.IOException;
import java.util.List;

/**
 * A tensor as a file holds it, with its numbers still there.
 *
 * @param type of its numbers in the file
 * @param shape sizes of the axes, whose product an array can have
 * @param values reads the numbers while the file is open
 */
record StoredTensor(String name, ElementType type, List<Long> shape, Values values) {
  private static final long MOST_VALUES = Integer.MAX_VALUE - 8;

  /** Where the numbers of a tensor come from. */
  @FunctionalInterface
  interface Values {
    /**
     * All numbers as float32, the last axis varying fastest.
     *
     * @throws ArithmeticException when a whole number has no exact float32
     */
    float[] read() throws IOException;
  }

  /** Something that is given one tensor after the other. */
  @FunctionalInterface
  interface Visitor {
    void visit(StoredTensor tensor) throws IOException;
  }

  StoredTensor {
    shape = List.copyOf(shape);
  }

  /**
   * How many numbers a shape has.
   *
   * @throws ArithmeticException when they are more than an array can have; it says how many
   */
  static int count(List<Long> shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new ArithmeticException("a size below 0");
      }
      count = Math.multiplyHigh(count, size) == 0 ? count * size : -1;
      if (count < 0 || count > MOST_VALUES) {
        throw new ArithmeticException("a shape of more than 2^31 numbers");
      }
    }
    return (int) count;
  }

  /** What a list of the file says of it. */
  WeightEntry entry() {
    return new WeightEntry(name, type.name(), shape, (long) count(shape) * type.bytes);
  }

  /**
   * The tensor itself.
   *
   * @param file named in errors
   */
  Tensor read(FileBytes file) throws IOException {
    try {
      return new Tensor(shape, values.read());
    } catch (ArithmeticException e) {
      throw file.problem(name, e.getMessage(), "one that float32 holds exactly");
    }
  }
}
