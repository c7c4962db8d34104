package dev.dl.core.kernel;

/**
 * A square window that moves over an image, as of a convolution or a pooling.
 *
 * @param size height and width, in pixels
 * @param stride pixels from one position to the next
 * @param padding pixels on each side of the image
 * @param dilation pixels from one element of the window to the next
 */
public record Window(int size, int stride, int padding, int dilation) {

  public Window {
    if (size < 1 || stride < 1 || padding < 0 || dilation < 1) {
      throw new IllegalArgumentException(
          "window of size %d, stride %d, padding %d, dilation %d"
              .formatted(size, stride, padding, dilation));
    }
  }

  public static Window of(int size, int stride, int padding) {
    return new Window(size, stride, padding, 1);
  }

  /** An odd window padded so that an image keeps its size, but for the stride. */
  public static Window centred(int size, int stride) {
    return of(size, stride, size / 2);
  }

  /** Neighbouring windows that do not overlap. */
  public static Window tiles(int size) {
    return of(size, size, 0);
  }

  /** Pixels from the first to the last element, both counted. */
  public int extent() {
    return (size - 1) * dilation + 1;
  }

  /** Positions along an axis of {@code input} pixels; none is an IllegalArgumentException. */
  public int outputSize(int input) {
    int room = input + 2 * padding - extent();
    if (room < 0) {
      throw new IllegalArgumentException(
          "a window of %d does not fit into %d pixels with padding %d"
              .formatted(extent(), input, padding));
    }
    return room / stride + 1;
  }
}
