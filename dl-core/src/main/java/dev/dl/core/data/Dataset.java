package dev.dl.core.data;

/**
 * Labelled images in a fixed order, all of one shape. Safe to read from several threads.
 *
 * <p>Pixels are unsigned bytes, channels first: {@code [channels, height, width]}.
 */
public interface Dataset {

  /** Number of samples. */
  int size();

  /** The shape of every image. */
  ImageShape shape();

  /** The class of a sample, an index into the class names. */
  int label(int sample);

  /**
   * Copies an image into {@code pixels}, from {@code offset} on.
   *
   * @throws DataException if the image can no longer be read
   */
  void read(int sample, byte[] pixels, int offset);
}
