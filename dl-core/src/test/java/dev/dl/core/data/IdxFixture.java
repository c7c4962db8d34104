package dev.dl.core.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files for tests. */
final class IdxFixture {
  private IdxFixture() {}

  /** The bytes of an IDX file with this magic number, these dimensions and these values. */
  static byte[] idx(int magic, int[] dimensions, byte... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      for (int dimension : dimensions) {
        out.writeInt(dimension);
      }
      out.write(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] labels(int... labels) {
    byte[] values = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = (byte) labels[i];
    }
    return idx(0x801, new int[] {labels.length}, values);
  }

  /** Images of 2x3 pixels, image i filled with the value 10 i. */
  static byte[] images(int count) {
    byte[] values = new byte[count * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i / 6 * 10);
    }
    return idx(0x803, new int[] {count, 2, 3}, values);
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A folder with a training split of these labels. */
  static Path folder(Path folder, int... labels) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), images(labels.length));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(labels));
    return folder;
  }
}
