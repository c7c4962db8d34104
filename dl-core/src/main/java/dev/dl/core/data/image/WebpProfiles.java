package dev.dl.core.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The colour profiles in a WebP file, which are not used but read by the decoder. */
final class WebpProfiles {
  private static final int FIRST_CHUNK = 12;
  private static final int HEAD = 8;

  /** {@code ICCP}. */
  private static final int PROFILE = 0x49434350;

  private WebpProfiles() {}

  /** Whether each profile has the length that it says it has, as far as the file goes. */
  static boolean areWithin(byte[] content) {
    ByteBuffer file = ByteBuffer.wrap(content);
    long place = FIRST_CHUNK;
    while (place + HEAD + Integer.BYTES <= content.length) {
      int start = (int) place;
      int kind = file.order(ByteOrder.BIG_ENDIAN).getInt(start);
      long announced = Integer.toUnsignedLong(file.getInt(start + HEAD));
      if (kind == PROFILE && announced > content.length) {
        return false;
      }
      long length = Integer.toUnsignedLong(file.order(ByteOrder.LITTLE_ENDIAN).getInt(start + 4));
      place += HEAD + length + (length & 1);
    }
    return true;
  }
}
