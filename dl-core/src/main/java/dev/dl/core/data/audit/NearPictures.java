package dev.dl.core.data.audit;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Finds pictures that are nearly the same: the same one compressed again, at another size, or with
 * a few pixels changed. Their perceptual hashes differ in at most 6 of 64 bits, and they
 * themselves, shrunk to 16x16, by at most 6 % of their contrast (root mean squares). The hash finds
 * candidates quickly; alone, it would take many a pair of trousers for one.
 */
final class NearPictures {
  static final int MOST_BITS = 6;
  static final double MOST_DIFFERENCE = 0.06;

  private static final int SIZE = 16;

  /** Candidates looked at for one picture: only thousands of near duplicates have more. */
  private static final int MOST_CANDIDATES = 10_000;

  private final long[] hashes;
  private final byte[][] sketches;
  private final double[] contrasts;

  /** Looks at pictures, from several threads. */
  NearPictures(int count, IntFunction<Image> pictures) {
    this.hashes = new long[count];
    this.sketches = new byte[count][];
    this.contrasts = new double[count];
    IntStream.range(0, count).parallel().forEach(i -> look(i, pictures.apply(i).withoutAlpha()));
  }

  private void look(int picture, Image image) {
    hashes[picture] = PerceptualHash.of(image);
    sketches[picture] = image.resize(SIZE, SIZE, Filter.BILINEAR).pixels();
    contrasts[picture] = contrast(sketches[picture]);
  }

  /**
   * Joins the near duplicates.
   *
   * @param numbers of the pictures in the groups
   */
  void join(int[] numbers, Groups groups) {
    HashIndex index = new HashIndex(hashes);
    for (int i = 0; i < hashes.length; i++) {
      int picture = i;
      int[] candidates = new int[1];
      index.forEachEarlierWithin(
          MOST_BITS,
          picture,
          other -> {
            if (candidates[0]++ < MOST_CANDIDATES
                && !groups.together(numbers[picture], numbers[other])
                && nearlySame(picture, other)) {
              groups.join(numbers[picture], numbers[other]);
            }
          });
    }
  }

  /** Pictures of one colour are never nearly the same: nothing is to be seen in them. */
  private boolean nearlySame(int one, int other) {
    byte[] a = sketches[one];
    byte[] b = sketches[other];
    if (a.length != b.length) {
      return false;
    }
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (a[i] & 0xff) - (b[i] & 0xff);
      squares += difference * difference;
    }
    double contrast = Math.max(contrasts[one], contrasts[other]);
    return contrast > 0 && Math.sqrt(squares) <= MOST_DIFFERENCE * contrast;
  }

  /** How far the pixels are from their mean, the root of the sum of squares. */
  private static double contrast(byte[] pixels) {
    double sum = 0;
    double squares = 0;
    for (byte pixel : pixels) {
      sum += pixel & 0xff;
      squares += (pixel & 0xff) * (pixel & 0xff);
    }
    return Math.sqrt(Math.max(0, squares - sum * sum / pixels.length));
  }
}
