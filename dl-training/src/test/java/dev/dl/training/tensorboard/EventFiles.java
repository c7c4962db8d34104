package dev.dl.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Event files read as TensorBoard reads them: in the order of their names, forgetting at starts.
 */
final class EventFiles {
  private final List<Point> points = new ArrayList<>();

  /** One number. */
  record Point(String tag, long step, float value) {}

  private EventFiles() {}

  /** What a reader of all files in a folder knows in the end. */
  static List<Point> read(Path folder) throws IOException {
    EventFiles files = new EventFiles();
    for (Path file : in(folder)) {
      ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      while (records.hasRemaining()) {
        int length = (int) records.getLong();
        records.getInt();
        files.event(slice(records, length));
        records.getInt();
      }
    }
    return files.points;
  }

  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().contains("tfevents"))
          .sorted()
          .toList();
    }
  }

  private void event(ByteBuffer event) {
    long step = 0;
    while (event.hasRemaining()) {
      int tag = event.get();
      if (tag == (1 << 3 | 1)) {
        assertThat(event.getDouble()).isGreaterThan(1.7e9);
      } else if (tag == 2 << 3) {
        step = varint(event);
      } else if (tag == (7 << 3 | 2)) {
        slice(event, (int) varint(event));
        long start = step;
        points.removeIf(point -> point.step >= start);
      } else if (tag == (5 << 3 | 2)) {
        summary(slice(event, (int) varint(event)), step);
      } else {
        slice(event, (int) varint(event)); // the version
      }
    }
  }

  private void summary(ByteBuffer summary, long step) {
    while (summary.hasRemaining()) {
      summary.get();
      ByteBuffer scalar = slice(summary, (int) varint(summary));
      scalar.get();
      ByteBuffer name = slice(scalar, (int) varint(scalar));
      scalar.get();
      String tag = StandardCharsets.UTF_8.decode(name).toString();
      points.add(new Point(tag, step, scalar.getFloat()));
    }
  }

  private static ByteBuffer slice(ByteBuffer buffer, int length) {
    ByteBuffer slice = buffer.slice(buffer.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(buffer.position() + length);
    return slice;
  }

  private static long varint(ByteBuffer buffer) {
    long value = 0;
    int shift = 0;
    byte part;
    do {
      part = buffer.get();
      value |= (long) (part & 0x7f) << shift;
      shift += 7;
    } while (part < 0);
    return value;
  }
}
