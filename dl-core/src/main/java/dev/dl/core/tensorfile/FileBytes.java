package dev.dl.core.tensorfile;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of an open file by position, little endian. Only what is asked for is in memory. */
final class FileBytes implements Closeable {
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final long size;

  /** The chunk that single bytes are taken from, and where it begins. */
  private ByteBuffer chunk = ByteBuffer.allocate(0);

  private long chunkStart;

  private FileBytes(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
  }

  /**
   * Opens a file.
   *
   * @throws TensorFileException if it is a folder, a pipe or a device
   */
  static FileBytes open(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new TensorFileException(path.toString(), "something other than a file", "a file");
    }
    return new FileBytes(path, FileChannel.open(path));
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /** A problem with this file. */
  TensorFileException problem(String found, String expected) {
    return new TensorFileException(path.toString(), found, expected);
  }

  /** A problem with a place in this file. */
  TensorFileException problem(String place, String found, String expected) {
    return new TensorFileException(
        path + ": " + TensorFileException.quotable(place), found, expected);
  }

  /** The bytes from a position on, of which the file must have as many. */
  ByteBuffer read(long position, int count) throws IOException {
    if (position < 0 || position > size - count) {
      throw problem("byte " + position, count + " bytes beyond the end", "the file to hold them");
    }
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    if (count <= Long.BYTES) { // mostly one of many neighbours
      for (int i = 0; i < count; i++) {
        bytes.put((byte) byteAt(position + i));
      }
    } else {
      fill(bytes, position);
    }
    return bytes.flip();
  }

  /** One byte, 0 to 255; its neighbours are read with it. */
  int byteAt(long position) throws IOException {
    if (position < chunkStart || position >= chunkStart + chunk.limit()) {
      if (position < 0 || position >= size) {
        throw problem("byte " + position, "the end of the file", "more bytes");
      }
      chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, size - position));
      chunkStart = position;
      fill(chunk, position);
    }
    return chunk.get((int) (position - chunkStart)) & 0xff;
  }

  private void fill(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw problem("fewer bytes than its size", "an unchanging file");
      }
    }
  }

  /**
   * Numbers from a position on, as float32.
   *
   * @throws ArithmeticException when a whole number has no exact float32
   */
  float[] values(long position, ElementType type, int count) throws IOException {
    if (position < 0 || position > size || count > (size - position) / type.bytes) {
      throw problem("byte " + position, count + " numbers", "the file to hold them");
    }
    float[] values = new float[count];
    int perChunk = CHUNK_BYTES / type.bytes;
    for (int start = 0; start < count; start += perChunk) {
      int wanted = Math.min(perChunk, count - start);
      long place = position + (long) start * type.bytes;
      type.read(read(place, wanted * type.bytes), values, start, wanted);
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
