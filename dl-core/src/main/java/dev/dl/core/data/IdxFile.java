package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An IDX file of unsigned bytes (<a href="http://yann.lecun.com/exdb/mnist/">the format of
 * MNIST</a>): big-endian {@code 0, 0, 8, number of dimensions}, the dimensions as 32-bit integers,
 * then the values.
 *
 * @param name where it came from, for messages
 * @param dimensions {@code [count]} of labels, {@code [count, height, width]} of images
 * @param values in row-major order
 */
record IdxFile(String name, List<Integer> dimensions, byte[] values) {
  private static final int UNSIGNED_BYTE = 8;
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Reads a plain or gzipped file.
   *
   * @throws DataException if it is no IDX file of that many dimensions, complete and without excess
   * @throws IOException if it cannot be read at all
   */
  static IdxFile read(Path file, int dimensions) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), dimensions);
    }
  }

  /** Reads a plain or gzipped stream to its end; {@code name} stands for it in messages. */
  static IdxFile read(InputStream in, String name, int dimensions) throws IOException {
    try (DataInputStream data = new DataInputStream(decompressed(in))) {
      List<Integer> sizes = readHeader(data, name, dimensions);
      long count = sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
      if (count > LARGEST_ARRAY) {
        throw new DataException(name, count + " bytes announced", "at most " + LARGEST_ARRAY);
      }
      byte[] values = data.readNBytes((int) count);
      if (values.length < count) {
        throw new DataException(name, values.length + " values", describe(sizes) + " = " + count);
      }
      if (data.read() >= 0) {
        throw new DataException(
            name, "more than " + count + " values", describe(sizes) + " = " + count);
      }
      return new IdxFile(name, sizes, values);
    } catch (EOFException | ZipException | ArithmeticException e) {
      throw new DataException(
          name, "a file that is cut off or damaged (" + e.getMessage() + ")", "a whole IDX file");
    }
  }

  /** The first dimension: how many images or labels. */
  int count() {
    return dimensions.get(0);
  }

  /** The values cut into {@code count()} arrays. */
  List<byte[]> slices() {
    int size = count() == 0 ? 0 : values.length / count();
    return IntStream.range(0, count())
        .mapToObj(i -> Arrays.copyOfRange(values, i * size, (i + 1) * size))
        .toList();
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(2);
    int magic = buffered.read() << 8 | buffered.read();
    buffered.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private static List<Integer> readHeader(DataInputStream data, String name, int dimensions)
      throws IOException {
    int expected = UNSIGNED_BYTE << 8 | dimensions;
    int magic = data.readInt();
    if (magic != expected) {
      throw new DataException(
          name,
          String.format(Locale.ROOT, "the first bytes %08x", magic),
          String.format(Locale.ROOT, "%08x (IDX, %d dimensions)", expected, dimensions));
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      int size = data.readInt();
      if (size < 0) {
        throw new DataException(name, "dimension " + Integer.toUnsignedString(size), "below 2^31");
      }
      sizes.add(size);
    }
    return List.copyOf(sizes);
  }

  private static String describe(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }
}
