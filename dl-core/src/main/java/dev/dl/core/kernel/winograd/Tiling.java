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

  /** Rows of tiles in an image. */
  public int rows() {
    return (destination.height() + OUTPUT - 1) / OUTPUT;
  }

  /** Tiles in a row. */
  public int columns() {
    return (destination.width() + OUTPUT - 1) / OUTPUT;
  }
}
