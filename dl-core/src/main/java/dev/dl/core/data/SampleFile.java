package dev.dl.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Samples in a temporary file, which is gone when the process is. */
final class SampleFile implements Closeable {
  private static final int BUFFER = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long[] ends = new long[1 << 10];
  private int count;

  private SampleFile(FileChannel channel) {
    this.channel = channel;
  }

  /** An empty file in the folder for temporary files, {@code java.io.tmpdir}. */
  static SampleFile create() throws IOException {
    Path file = Files.createTempFile("dl-samples-", ".bin");
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    deleteIfOpenFilesMayBe(file);
    return new SampleFile(channel);
  }

  private static void deleteIfOpenFilesMayBe(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Windows keeps it until it is closed
    }
  }

  /** Adds a sample; not for use by several threads. */
  void add(byte[] sample) throws IOException {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count] = (count == 0 ? 0 : ends[count - 1]) + sample.length;
    count++;
    if (sample.length > buffer.remaining()) {
      flush();
    }
    if (sample.length > buffer.remaining()) {
      write(ByteBuffer.wrap(sample));
    } else {
      buffer.put(sample);
    }
  }

  /** Makes everything added readable. */
  void flush() throws IOException {
    buffer.flip();
    write(buffer);
    buffer.clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** A sample that was added; any number of threads may ask. */
  byte[] read(int sample) throws IOException {
    long start = sample == 0 ? 0 : ends[sample - 1];
    ByteBuffer bytes = ByteBuffer.allocate((int) (ends[sample] - start));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, start + bytes.position()) < 0) {
        throw new IOException("the temporary file of samples ends at " + channel.size());
      }
    }
    return bytes.array();
  }

  int count() {
    return count;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
