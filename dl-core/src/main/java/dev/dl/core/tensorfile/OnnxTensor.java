package dev.dl.core.tensorfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A TensorProto of ONNX: its shape and type, and where in the file its numbers are. */
final class OnnxTensor {
  private static final int DIMENSIONS = 1;
  private static final int DATA_TYPE = 2;
  private static final int SEGMENT = 3;
  private static final int FLOAT_DATA = 4;
  private static final int INT32_DATA = 5;
  private static final int INT64_DATA = 7;
  private static final int NAME = 8;
  private static final int RAW_DATA = 9;
  private static final int DOUBLE_DATA = 10;
  private static final int EXTERNAL_DATA = 13;
  private static final int DATA_LOCATION = 14;
  private static final int EXTERNAL_KEY = 1;
  private static final int EXTERNAL_VALUE = 2;

  private static final int MOST_AXES = 64;

  /** The types by their numbers in ONNX. */
  private static final Map<Long, ElementType> TYPES =
      Map.of(
          1L, ElementType.F32,
          2L, ElementType.U8,
          3L, ElementType.I8,
          5L, ElementType.I16,
          6L, ElementType.I32,
          7L, ElementType.I64,
          9L, ElementType.BOOL,
          10L, ElementType.F16,
          11L, ElementType.F64,
          16L, ElementType.BF16);

  /** Bytes of the message with numbers: raw, or those of one field of typed ones. */
  private record Part(int field, long start, long length) {}

  private final FileBytes file;
  private final List<Long> shape = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private String name = "";
  private ElementType type;
  private int count;

  private OnnxTensor(FileBytes file) {
    this.file = file;
  }

  /**
   * Reads all but the numbers.
   *
   * @throws TensorFileException if these are not there, or in another file
   */
  static OnnxTensor of(FileBytes file, ProtobufMessage message) throws IOException {
    OnnxTensor tensor = new OnnxTensor(file);
    tensor.parse(message);
    return tensor;
  }

  String name() {
    return name;
  }

  ElementType type() {
    return type;
  }

  List<Long> shape() {
    return shape;
  }

  private void parse(ProtobufMessage message) throws IOException {
    long typeNumber = 0;
    String location = null;
    while (message.advance()) {
      switch (message.field()) {
        case DIMENSIONS -> dimensions(message);
        case DATA_TYPE -> typeNumber = message.number();
        case NAME -> name = message.text();
        case RAW_DATA -> numbers(message, ProtobufMessage.BYTES);
        case FLOAT_DATA -> numbers(message, ProtobufMessage.FIXED_32);
        case DOUBLE_DATA -> numbers(message, ProtobufMessage.FIXED_64);
        case INT32_DATA, INT64_DATA -> numbers(message, ProtobufMessage.VARINT);
        case EXTERNAL_DATA -> location = location(message.message(), location);
        case DATA_LOCATION -> location = message.number() == 0 || location != null ? location : "";
        case SEGMENT -> throw problem("a segment of a tensor", "whole tensors");
        default -> {}
      }
    }
    if (location != null) {
      throw problem(
          "numbers in another file, " + location,
          "a model in one file: save it without external data");
    }
    type = TYPES.get(typeNumber);
    if (type == null) {
      throw problem(
          "the element type " + typeNumber + " of ONNX",
          "one of " + Arrays.toString(ElementType.values()));
    }
    requireNumbers();
  }

  private void numbers(ProtobufMessage message, int kind) throws TensorFileException {
    message.requireNumbers(kind);
    parts.add(new Part(message.field(), message.start(), message.length()));
  }

  private void dimensions(ProtobufMessage message) throws IOException {
    if (message.isPacked()) {
      ProtobufMessage packed = message.message();
      while (!packed.isAtEnd()) {
        dimension(packed.varint());
      }
    } else {
      dimension(message.number());
    }
  }

  private void dimension(long size) throws TensorFileException {
    shape.add(size);
    if (shape.size() > MOST_AXES) {
      throw problem("more axes", "at most " + MOST_AXES);
    }
  }

  private static String location(ProtobufMessage entry, String before) throws IOException {
    String key = "";
    String value = "";
    while (entry.advance()) {
      switch (entry.field()) {
        case EXTERNAL_KEY -> key = entry.text();
        case EXTERNAL_VALUE -> value = entry.text();
        default -> {}
      }
    }
    return key.equals("location") || before == null ? value : before;
  }

  /** What can be said before numbers are read: that the bytes may hold as many as the shape has. */
  private void requireNumbers() throws TensorFileException {
    try {
      count = StoredTensor.count(shape);
    } catch (ArithmeticException e) {
      throw problem("the shape " + shape, "a possible one");
    }
    long bytes = 0;
    for (Part part : parts) {
      bytes += part.length;
      if (part.field != parts.get(0).field) {
        throw problem("numbers in two forms", "one");
      }
      if ((part.field == FLOAT_DATA || part.field == DOUBLE_DATA)
          && part.length % type.bytes != 0) {
        throw problem("a number that is cut off", "whole ones");
      }
    }
    int field = parts.isEmpty() ? RAW_DATA : parts.get(0).field;
    boolean fits =
        switch (field) {
          case FLOAT_DATA -> type == ElementType.F32 && bytes == (long) count * Float.BYTES;
          case DOUBLE_DATA -> type == ElementType.F64 && bytes == (long) count * Double.BYTES;
          case INT64_DATA -> type == ElementType.I64 && bytes >= count;
          case INT32_DATA ->
              type != ElementType.F32
                  && type != ElementType.F64
                  && type != ElementType.I64
                  && bytes >= count;
          default -> parts.size() <= 1 && bytes == (long) count * type.bytes;
        };
    if (!fits) {
      throw problem(bytes + " bytes of numbers", "those of " + shape + " of type " + type);
    }
  }

  /** Whether all its numbers are, or have, a float32. */
  boolean isExact() throws IOException {
    if (type != ElementType.I64 && type != ElementType.I32) {
      return true;
    }
    try {
      values();
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** All numbers as float32. */
  float[] values() throws IOException {
    boolean varints =
        !parts.isEmpty() && (parts.get(0).field == INT32_DATA || parts.get(0).field == INT64_DATA);
    if (varints) {
      return varints();
    }
    if (parts.size() == 1) {
      return file.values(parts.get(0).start, type, count);
    }
    float[] values = new float[count];
    int filled = 0;
    for (Part part : parts) {
      float[] some = file.values(part.start, type, (int) (part.length / type.bytes));
      System.arraycopy(some, 0, values, filled, some.length);
      filled += some.length;
    }
    return values;
  }

  private float[] varints() throws IOException {
    float[] values = new float[count];
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int filled = 0;
    for (Part part : parts) {
      ProtobufMessage numbers = new ProtobufMessage(file, part.start, part.start + part.length);
      while (!numbers.isAtEnd()) {
        long value = numbers.varint();
        if (filled == count) {
          throw problem("more numbers", "those of " + shape);
        }
        values[filled++] = type.read(number.clear().putLong(value).flip());
      }
    }
    if (filled < count) {
      throw problem(filled + " numbers", "those of " + shape);
    }
    return values;
  }

  private TensorFileException problem(String found, String expected) {
    return file.problem("tensor '" + name + "'", found, expected);
  }
}
