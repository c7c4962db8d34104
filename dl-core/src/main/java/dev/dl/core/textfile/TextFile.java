package dev.dl.core.textfile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Opens text files. One whose name ends in {@code .gz} is decompressed on the way; a byte order
 * mark says that a file is UTF-8 or UTF-16 and is no part of the text.
 */
public final class TextFile {
  private static final String COMPRESSED = ".gz";
  private static final int BUFFER_BYTES = 1 << 16;

  private TextFile() {}

  /**
   * The characters of a file that is UTF-8 unless its mark says otherwise. Reading throws {@link
   * TextFileException} at a byte that the encoding does not allow, at a NUL character, and where
   * compressed data is damaged or ends early.
   */
  public static Reader open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      PushbackInputStream marked =
          new PushbackInputStream(content(file, bytes), ByteOrderMark.BYTES);
      Charset found = ByteOrderMark.skip(marked).orElse(StandardCharsets.UTF_8);
      return new BufferedReader(new DecodingReader(file, marked, found), BUFFER_BYTES);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** What the name ends in, in small letters and without {@code .gz}: {@code csv}, say. */
  public static String ending(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(COMPRESSED)) {
      name = name.substring(0, name.length() - COMPRESSED.length());
    }
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Whether the name says that the file is compressed. */
  public static boolean isCompressed(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(COMPRESSED);
  }

  private static InputStream content(Path file, InputStream bytes) throws IOException {
    if (!isCompressed(file)) {
      return bytes;
    }
    try {
      return new GZIPInputStream(bytes, BUFFER_BYTES);
    } catch (IOException e) {
      throw new TextFileException(file + ": found " + firstBytes(file) + ", expected gzip data");
    }
  }

  private static String firstBytes(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      byte[] first = bytes.readNBytes(2);
      return first.length == 0 ? "an empty file" : "the first bytes " + Arrays.toString(first);
    }
  }
}
