package dev.dl.core.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Archives made up for tests. */
public final class Archives {
  private Archives() {}

  /** A {@code .tar.gz} of files by their names. */
  public static byte[] tar(Map<String, byte[]> files) throws IOException {
    return tar(
        out -> {
          for (Map.Entry<String, byte[]> file : files.entrySet()) {
            TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
            entry.setSize(file.getValue().length);
            out.putArchiveEntry(entry);
            out.write(file.getValue());
            out.closeArchiveEntry();
          }
        });
  }

  /** A {@code .tar.gz} of one entry without content. */
  static byte[] tar(TarArchiveEntry entry) throws IOException {
    return tar(
        out -> {
          out.putArchiveEntry(entry);
          out.closeArchiveEntry();
        });
  }

  private static byte[] tar(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      content.write(out);
    }
    return bytes.toByteArray();
  }

  /** A {@code .zip} of texts by the names of their files. */
  public static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private interface Content {
    void write(TarArchiveOutputStream out) throws IOException;
  }
}
