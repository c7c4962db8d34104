package dev.dl.core.data.image;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The content of a file as ImageIO reads it. A decoder that goes on after the end, taking what is
 * missing for zeros, is stopped: a small file could keep it busy for minutes.
 */
final class ContentStream extends ImageInputStreamImpl {
  /** Some decoders look a few bytes ahead. */
  private static final int MOST_READS_AFTER_THE_END = 64;

  private final byte[] content;
  private int readsAfterTheEnd;

  ContentStream(byte[] content) {
    this.content = content;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return isAtTheEnd() ? -1 : content[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    bitOffset = 0;
    if (isAtTheEnd()) {
      return -1;
    }
    int count = (int) Math.min(length, content.length - streamPos);
    System.arraycopy(content, (int) streamPos, buffer, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return content.length;
  }

  private boolean isAtTheEnd() {
    if (streamPos < content.length) {
      return false;
    }
    readsAfterTheEnd++;
    if (readsAfterTheEnd > MOST_READS_AFTER_THE_END) {
      throw new IllegalStateException("it ends too early");
    }
    return true;
  }
}
