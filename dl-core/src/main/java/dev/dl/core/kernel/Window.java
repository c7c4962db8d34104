package dev.dl.core.kernel;

/**
 * A square window that moves over an image, as of a convolution or a pooling.
 *
 * @param size height and width, in pixels
 * @param rowStride pixels from one position to the next below it
 * @param columnStride pixels from one position to the next beside it
 * @param padding pixels on each side of the image
 * @param dilation pixels from one element of the window to the next
 */
public record Window(int size, int rowStride, int columnStride, int padding, int dilation) {

  public Window {
    if (size < 1 || rowStride < 1 || columnStride < 1 || padding < 0 || dilation < 1) {
      throw new IllegalArgumentException(
          "window of size %d, strides %d and %d, padding %d, dilation %d"
              .formatted(size, rowStride, columnStride, padding, dilation));
    }
  }

  /** One that moves as far down as to the side. */
  public Window(int size, int stride, int padding, int dilation) {
    this(size, stride, stride, padding, dilation);
  }

  public static Window of(int size, int stride, int padding) {
    return new Window(size, stride, padding, 1);
  }

  /** An odd window padded so that an image keeps its size, but for the stride. */
  public static Window centred(int size, int stride) {
    return of(size, stride, size / 2);
  }

  /** The same, with a stride down and one to the side. */
  public static Window centred(int size, int rowStride, int columnStride) {
    return new Window(size, rowStride, columnStride, size / 2, 1);
  }

  /** Neighbouring windows that do not overlap. */
  public static Window tiles(int size) {
    return of(size, size, 0);
  }

  /** Pixels from the first to the last element, both counted. */
  public int extent() {
    return (size - 1) * dilation + 1;
  }

  /** Positions below each other in {@code height} pixels; none is an IllegalArgumentException. */
  public int outputHeight(int height) {
    return positions(height, rowStride);
  }

  /** Positions beside each other in {@code width} pixels; none is an IllegalArgumentException. */
  public int outputWidth(int width) {
    return positions(width, columnStride);
  }

  private int positions(int input, int stride) {
    int room = input + 2 * padding - extent();
    if (room < 0) {
      throw new IllegalArgumentException(
          "a window of %d does not fit into %d pixels with padding %d"
              .formatted(extent(), input, padding));
    }
    return room / stride + 1;
  }
}
