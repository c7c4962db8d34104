package dev.dl.core.textfile;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The bytes that a text file may begin with to say how it is encoded. */
enum ByteOrderMark {
  UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
  UTF_16_BIG(StandardCharsets.UTF_16BE, 0xFE, 0xFF),
  UTF_16_LITTLE(StandardCharsets.UTF_16LE, 0xFF, 0xFE);

  /** Length of the longest. */
  static final int BYTES = 3;

  private final Charset charset;
  private final byte[] mark;

  ByteOrderMark(Charset charset, int... mark) {
    this.charset = charset;
    this.mark = new byte[mark.length];
    for (int i = 0; i < mark.length; i++) {
      this.mark[i] = (byte) mark[i];
    }
  }

  /** Reads past the mark, if there is one. */
  static Optional<Charset> skip(PushbackInputStream bytes) throws IOException {
    byte[] start = bytes.readNBytes(BYTES);
    for (ByteOrderMark candidate : values()) {
      int length = candidate.mark.length;
      if (start.length >= length && Arrays.equals(start, 0, length, candidate.mark, 0, length)) {
        bytes.unread(start, length, start.length - length);
        return Optional.of(candidate.charset);
      }
    }
    bytes.unread(start);
    return Optional.empty();
  }
}
