package dev.dl.core.data.image;

/** The shape of one image: channels first in files and names, whatever the layout in memory. */
public record ImageShape(int channels, int height, int width) {

  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException("image shape " + channels + "x" + height + "x" + width);
    }
    Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }

  /** Number of values in one image. */
  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
