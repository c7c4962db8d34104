package dev.dl.core.tensorfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of a protobuf message in a file
 * (https://protobuf.dev/programming-guides/encoding/), whatever they mean. Lengths are checked
 * against the message that they are in.
 */
final class ProtobufMessage {
  private static final int LONGEST_TEXT = 1 << 16;

  /** How fields are written: whole numbers, numbers of eight or four bytes, and everything else. */
  static final int VARINT = 0;

  static final int FIXED_64 = 1;
  static final int BYTES = 2;
  static final int FIXED_32 = 5;

  private final FileBytes file;
  private final long end;
  private long next;
  private int field;
  private int wireType;

  /** What the field holds: a number, or bytes from {@code start} to {@code next}. */
  private long number;

  private long start;

  /** The message in the bytes {@code [start, end)} of a file. */
  ProtobufMessage(FileBytes file, long start, long end) {
    this.file = file;
    this.next = start;
    this.end = end;
  }

  /** Goes to the next field; false after the last. */
  boolean advance() throws IOException {
    if (next == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (field < 1 || tag >>> 32 != 0) {
      throw problem("a field without a number");
    }
    start = next;
    switch (wireType) {
      case VARINT -> number = varint();
      case FIXED_64 -> skip(Long.BYTES);
      case FIXED_32 -> skip(Integer.BYTES);
      case BYTES -> {
        long length = varint();
        start = next;
        skip(length);
      }
      default -> throw problem("a field of the wire type " + wireType);
    }
    return true;
  }

  /** The number of the field. */
  int field() {
    return field;
  }

  /** A whole number, enumerations included. */
  long number() throws IOException {
    require(VARINT);
    return number;
  }

  /** A message inside. */
  ProtobufMessage message() throws IOException {
    require(BYTES);
    return new ProtobufMessage(file, start, next);
  }

  /** A text, or the beginning of a long one. */
  String text() throws IOException {
    require(BYTES);
    int length = (int) Math.min(LONGEST_TEXT, next - start);
    return new String(file.read(start, length).array(), StandardCharsets.UTF_8);
  }

  /** Where the field's bytes begin. */
  long start() {
    return start;
  }

  /** How many bytes the field has. */
  long length() {
    return next - start;
  }

  /** Requires a repeated number of this kind, or many of them packed into one field. */
  void requireNumbers(int kind) throws TensorFileException {
    require(wireType == BYTES ? BYTES : kind);
  }

  /** Whether the field is bytes: of a repeated number, many of them packed. */
  boolean isPacked() {
    return wireType == BYTES;
  }

  /** The next of packed whole numbers, in a message that is made of them. */
  long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (next == end) {
        throw problem("a message that is cut off");
      }
      int bits = file.byteAt(next++);
      value |= (long) (bits & 0x7f) << shift;
      if (bits < 0x80) {
        return value;
      }
    }
    throw problem("a number of more than ten bytes");
  }

  /** Whether nothing is left. */
  boolean isAtEnd() {
    return next == end;
  }

  private void skip(long length) throws TensorFileException {
    if (length < 0 || length > end - next) {
      throw problem("a field of " + Long.toUnsignedString(length) + " bytes");
    }
    next += length;
  }

  private void require(int type) throws TensorFileException {
    if (wireType != type) {
      throw problem("another kind of the field " + field);
    }
  }

  private TensorFileException problem(String found) {
    return file.problem("byte " + next, found, "a whole protobuf message");
  }
}
