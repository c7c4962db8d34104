package dev.dl.core.data.image;

/** The size of an upright picture, as its file announces it. */
public record ImageHeader(int height, int width) {

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
