package dev.dl.core.kernel.winograd;

import dev.dl.core.data.image.ImageShape;
import java.util.Arrays;

/**
 * The tiles of a convolution from one image to another, in rows of tiles that are numbered through
 * all images of a batch.
 *
 * @param input one input image
 * @param output one output image, as large as kernel and padding make it
 * @param padding pixels of zeros on each side of the input
 */
public record Tiling(ImageShape input, ImageShape output, int padding) {
  /** Output pixels of a tile, along each axis. */
  static final int OUTPUT = 4;

  /** Input pixels and points of a tile, along each axis. */
  static final int INPUT = 6;

  /** Input pixels that neighbouring tiles share, along each axis. */
  static final int OVERLAP = INPUT - OUTPUT;

  /** Points of a tile. */
  public static final int POINTS = INPUT * INPUT;

  /** Rows of tiles in an image. */
  public int rows() {
    return (output.height() + OUTPUT - 1) / OUTPUT;
  }

  /** Tiles in a row. */
  public int columns() {
    return (output.width() + OUTPUT - 1) / OUTPUT;
  }

  /** The image of a row of tiles. */
  int image(int row) {
    return row / rows();
  }

  /** The first row of output pixels of a row of tiles. */
  int top(int row) {
    return row % rows() * OUTPUT;
  }

  /** Whether a row of tiles is its image's last. */
  boolean isLast(int row) {
    return (row + 1) % rows() == 0;
  }

  /** Zeroes a row of pixels in a table of tiles. */
  static void zero(float[][] table, int row, int length) {
    for (int x = 0; x < INPUT; x++) {
      Arrays.fill(table[row * INPUT + x], 0, length, 0);
    }
  }
}
