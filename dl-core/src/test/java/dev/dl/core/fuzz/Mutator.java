package dev.dl.core.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages files: bytes changed, numbers made extreme, stretches copied, repeated or left out, words
 * of the format put in, ends cut. The same seed gives the same damage.
 */
public final class Mutator {
  private static final int MOST_EDITS = 4;
  private static final int LONGEST_STRETCH = 32;

  /** Enough to exhaust a stack, if depth needed any. */
  private static final int MOST_REPEATED = 1 << 16;

  private static final long[] EXTREMES = {
    -1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31, (1L << 31) - 1, 1L << 40, 1L << 16
  };

  private final List<byte[]> words;

  /**
   * A mutator for one format.
   *
   * @param words that mean something in it
   */
  public Mutator(List<String> words) {
    this.words = words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** A damaged copy. */
  public byte[] damaged(byte[] whole, long seed) {
    Random random = new Random(seed);
    random.nextInt(); // the first draws of neighbouring seeds are alike
    byte[] bytes = whole.clone();
    for (int edits = 1 + random.nextInt(MOST_EDITS); edits > 0 && bytes.length > 0; edits--) {
      bytes = edited(bytes, random);
    }
    return bytes;
  }

  private byte[] edited(byte[] bytes, Random random) {
    int place = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - place, 1 + random.nextInt(LONGEST_STRETCH));
    return switch (random.nextInt(words.isEmpty() ? 8 : 10)) {
      case 0, 1 -> changed(bytes, place, (byte) random.nextInt());
      case 2 -> changed(bytes, place, (byte) (bytes[place] ^ 1 << random.nextInt(8)));
      case 3 -> extreme(bytes, place, random);
      case 4 -> Arrays.copyOf(bytes, Math.max(1, place + random.nextInt(bytes.length)));
      case 5 -> spliced(bytes, place, length, new byte[0]);
      case 6 -> {
        int from = random.nextInt(bytes.length - length + 1);
        yield spliced(bytes, place, length, Arrays.copyOfRange(bytes, from, from + length));
      }
      case 7 -> {
        byte[] stretch = Arrays.copyOfRange(bytes, place, place + length);
        yield spliced(bytes, place, 0, repeated(stretch, random));
      }
      case 8 -> spliced(bytes, place, 0, word(random));
      default -> spliced(bytes, place, length, repeated(word(random), random));
    };
  }

  private byte[] word(Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private static byte[] changed(byte[] bytes, int place, byte value) {
    bytes[place] = value;
    return bytes;
  }

  private static byte[] extreme(byte[] bytes, int place, Random random) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    long value = EXTREMES[random.nextInt(EXTREMES.length)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    int room = bytes.length - place;
    if (room >= Long.BYTES && random.nextBoolean()) {
      buffer.putLong(place, value);
    } else if (room >= Integer.BYTES && random.nextBoolean()) {
      buffer.putInt(place, (int) value);
    } else if (room >= Short.BYTES) {
      buffer.putShort(place, (short) value);
    }
    return bytes;
  }

  /** A few times mostly, very often now and then. */
  private static byte[] repeated(byte[] stretch, Random random) {
    int most = random.nextInt(8) == 0 ? MOST_REPEATED / stretch.length : 8;
    int times = 1 + random.nextInt(Math.max(1, most));
    byte[] repeated = new byte[times * stretch.length];
    for (int i = 0; i < times; i++) {
      System.arraycopy(stretch, 0, repeated, i * stretch.length, stretch.length);
    }
    return repeated;
  }

  private static byte[] spliced(byte[] bytes, int place, int length, byte[] inserted) {
    byte[] spliced = new byte[bytes.length - length + inserted.length];
    System.arraycopy(bytes, 0, spliced, 0, place);
    System.arraycopy(inserted, 0, spliced, place, inserted.length);
    int rest = bytes.length - place - length;
    System.arraycopy(bytes, place + length, spliced, place + inserted.length, rest);
    return spliced;
  }
}
