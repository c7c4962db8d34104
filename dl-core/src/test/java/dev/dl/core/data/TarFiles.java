package dev.dl.core.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Writes plain tar archives for tests. */
final class TarFiles {
  private static final int BLOCK = 512;

  private TarFiles() {}

  /** Writes files by their names; one whose name ends with an arrow becomes a link. */
  static Path write(Path archive, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      boolean link = file.getKey().endsWith("->");
      out.write(header(file.getKey().replace("->", ""), file.getValue().length, link ? '2' : '0'));
      out.write(
          Arrays.copyOf(file.getValue(), (file.getValue().length + BLOCK - 1) / BLOCK * BLOCK));
    }
    out.write(new byte[2 * BLOCK]);
    return Files.write(archive, out.toByteArray());
  }

  private static byte[] header(String name, int size, char type) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 124, "%011o".formatted(size));
    header[156] = (byte) type;
    put(header, 257, "ustar");
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xff;
    }
    put(header, 148, "%06o\0".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
