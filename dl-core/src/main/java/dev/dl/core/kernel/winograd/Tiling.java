package dev.dl.core.kernel.winograd;

import dev.dl.core.data.ImageShape;

/**
 * The tiles of a convolution from one image to another, in rows of tiles that are numbered through
 * all images of a batch.
 *
 * @param source the convolution's input
 * @param destination its output, as large as kernel and padding make it
 * @param padding pixels of zeros on each side of the source
 */
public record Tiling(ImageShape source, ImageShape destination, int padding) {
  /** Output pixels of a tile, along each axis. */
  static final int OUTPUT = 4;

  /** Input pixels and points of a tile, along each axis. */
  static final int INPUT = 6;

  /** Points of a tile. */
  public static final int POINTS = INPUT * INPUT;

  /** The point, from 0, at which an output gradient is the sum over the tile's pixels. */
  public static final int SUM = INPUT + 1;

  /** Rows of tiles in an image. */
  public int rows() {
    return (destination.height() + OUTPUT - 1) / OUTPUT;
  }

  /** Tiles in a row. */
  public int columns() {
    return (destination.width() + OUTPUT - 1) / OUTPUT;
  }

  /** The image of a row of tiles. */
  int image(int row) {
    return row / rows();
  }

  /** The first row of output pixels of a row of tiles. */
  int top(int row) {
    return row % rows() * OUTPUT;
  }

  boolean isLast(int row) {
    return (row + 1) % rows() == 0;
  }
}
