package dev.dl.training.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * One record of an event file: TensorFlow's {@code Event} in protobuf's wire format, framed as a
 * TFRecord (https://www.tensorflow.org/tutorials/load_data/tfrecord).
 */
final class Event {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;
  private static final int START = 1;
  private static final int CRC_MASK = 0xa282ead8;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Event() {}

  /** The first of a file. */
  static byte[] version(double wallTime) {
    return at(wallTime, 0).text(3, "brain.Event:2").framed();
  }

  /** A run goes on: readers forget what they were told of this step and those after it. */
  static byte[] start(double wallTime, long step) {
    Event session = new Event();
    session.number(1, START);
    return at(wallTime, step).message(7, session).framed();
  }

  /** Numbers by name. */
  static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
    Event summary = new Event();
    values.forEach(
        (tag, value) -> {
          Event scalar = new Event().text(1, tag);
          scalar.tag(2, FIXED_32);
          scalar.little(4, Float.floatToIntBits(value.floatValue()));
          summary.message(1, scalar);
        });
    return at(wallTime, step).message(5, summary).framed();
  }

  private static Event at(double wallTime, long step) {
    Event event = new Event();
    event.tag(1, FIXED_64);
    event.little(8, Double.doubleToLongBits(wallTime));
    if (step != 0) { // the default, which is left out
      event.number(2, step);
    }
    return event;
  }

  private Event text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  private Event message(int field, Event message) {
    return bytes(field, message.bytes.toByteArray());
  }

  private Event bytes(int field, byte[] content) {
    tag(field, BYTES);
    varint(content.length);
    bytes.writeBytes(content);
    return this;
  }

  private void number(int field, long value) {
    tag(field, VARINT);
    varint(value);
  }

  private void tag(int field, int type) {
    varint(field << 3 | type);
  }

  private void varint(long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private void little(int width, long value) {
    for (int i = 0; i < width; i++) {
      bytes.write((int) (value >>> 8 * i));
    }
  }

  /** Length, checksum of the length, content, checksum of the content. */
  private byte[] framed() {
    byte[] content = bytes.toByteArray();
    ByteBuffer record = ByteBuffer.allocate(content.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(content.length);
    record.putInt(checksum(record.array(), 8));
    record.put(content);
    record.putInt(checksum(content, content.length));
    return record.array();
  }

  private static int checksum(byte[] content, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(content, 0, length);
    return Integer.rotateRight((int) checksum.getValue(), 15) + CRC_MASK;
  }
}
