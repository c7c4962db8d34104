package dev.dl.core.tensorfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What messages of HDF5 say of data: shapes, types, texts, and where numbers are. */
final class Hdf5Data {
  private static final int FIXED_POINT = 0;
  private static final int FLOATING_POINT = 1;
  private static final int FIXED_TEXT = 3;
  private static final int VARIABLE = 9;
  private static final int TEXT_REFERENCE_BYTES = 16;
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;
  private static final int MOST_AXES = 32;

  private Hdf5Data() {}

  /** The sizes of the axes. */
  static List<Long> shape(Hdf5File file, ByteBuffer space) throws TensorFileException {
    int version = space.get(0);
    int axes = space.get(1);
    file.require(version == 1 || version == 2, "a data space of version " + version);
    file.require(axes >= 0 && axes <= MOST_AXES, "a data space of " + axes + " axes");
    space.position(version == 1 ? 8 : 4);
    boolean empty = version == 2 && space.get(3) == 2;
    List<Long> shape = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      shape.add(space.getLong());
    }
    return empty ? List.of(0L) : shape;
  }

  /** The texts of an attribute. */
  static List<String> texts(Hdf5File file, ByteBuffer type, List<Long> shape, ByteBuffer content)
      throws IOException {
    int count = count(file, shape);
    int kind = type.get(0) & 0xf;
    int size = type.getInt(4);
    if (count == 0) {
      return List.of(); // whatever its type is: an empty list is one of numbers
    }
    boolean variable = kind == VARIABLE && (type.get(1) & 0xf) == 1;
    file.require(variable || kind == FIXED_TEXT, "an attribute that is no text");
    file.require(size > 0 && count <= content.remaining() / size, "an attribute that is cut off");
    file.require(!variable || size == TEXT_REFERENCE_BYTES, "a text of an unknown kind");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] one = new byte[size];
      content.get(one);
      texts.add(variable ? file.text(ByteBuffer.wrap(one).order(content.order())) : untilZero(one));
    }
    return texts;
  }

  private static String untilZero(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** A dataset as a tensor. */
  static StoredTensor tensor(Hdf5File file, String name, Hdf5Object dataset) throws IOException {
    file.require(
        dataset.messages(Hdf5Object.EXTERNAL_FILES).isEmpty(),
        "'" + name + "' with its numbers in another file");
    file.require(
        dataset.messages(Hdf5Object.FILTERS).isEmpty(), "'" + name + "', which is compressed");
    ElementType type = type(file, name, message(file, name, dataset, Hdf5Object.DATA_TYPE));
    List<Long> shape = shape(file, message(file, name, dataset, Hdf5Object.DATA_SPACE));
    int count = count(file, shape);
    long start = start(file, name, dataset, (long) count * type.bytes);
    return new StoredTensor(name, type, shape, () -> file.bytes().values(start, type, count));
  }

  private static ByteBuffer message(Hdf5File file, String name, Hdf5Object dataset, int kind)
      throws IOException {
    return dataset
        .content(kind)
        .orElseThrow(() -> file.problem("'" + name + "', which is no dataset", "a dataset"));
  }

  private static int count(Hdf5File file, List<Long> shape) throws TensorFileException {
    try {
      return StoredTensor.count(shape);
    } catch (ArithmeticException e) {
      throw file.problem("the shape " + shape, "a possible one");
    }
  }

  /** IEEE's floating-point and whole numbers, little endian. */
  private static ElementType type(Hdf5File file, String name, ByteBuffer type)
      throws TensorFileException {
    int kind = type.get(0) & 0xf;
    int bits = type.getInt(4) * Byte.SIZE;
    boolean plain = (type.get(1) & 1) == 0 && type.getShort(8) == 0 && type.getShort(10) == bits;
    ElementType found = null;
    if (plain && kind == FLOATING_POINT) {
      found =
          switch (bits + " " + type.get(13) + " " + type.get(15) + " " + type.getInt(16)) {
            case "16 5 10 15" -> ElementType.F16;
            case "32 8 23 127" -> ElementType.F32;
            case "64 11 52 1023" -> ElementType.F64;
            default -> null;
          };
    } else if (plain && kind == FIXED_POINT) {
      boolean signed = (type.get(1) & 8) != 0;
      found =
          switch (bits) {
            case 8 -> signed ? ElementType.I8 : ElementType.U8;
            case 16 -> signed ? ElementType.I16 : null;
            case 32 -> signed ? ElementType.I32 : null;
            case 64 -> signed ? ElementType.I64 : null;
            default -> null;
          };
    }
    file.require(found != null, "'" + name + "' of a type that is none of little-endian numbers");
    return found;
  }

  /** Where the numbers begin. */
  private static long start(Hdf5File file, String name, Hdf5Object dataset, long bytes)
      throws IOException {
    ByteBuffer layout = message(file, name, dataset, Hdf5Object.LAYOUT);
    int version = layout.get(0);
    int kind = layout.get(1);
    file.require(version == 3, "a layout of version " + version);
    file.require(kind == COMPACT || kind == CONTIGUOUS, "'" + name + "' in chunks");
    boolean compact = kind == COMPACT;
    long size = compact ? layout.getShort(2) & 0xffff : layout.getLong(10);
    long start =
        compact ? dataset.messages(Hdf5Object.LAYOUT).get(0).start() + 4 : layout.getLong(2);
    if (bytes == 0) {
      return 0;
    }
    file.require(size == bytes, "'" + name + "' of " + size + " bytes where " + bytes + " fit");
    file.require(start != Hdf5File.UNDEFINED, "'" + name + "', which was never written");
    return start;
  }
}
