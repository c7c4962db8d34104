package dev.dl.core.data.augment;

/** A part of a picture, in pixels; it may be empty. */
public record Box(int top, int left, int height, int width) {

  public Box {
    Check.argument(
        top >= 0 && left >= 0 && height >= 0 && width >= 0,
        "box of " + height + "x" + width + " at " + top + ", " + left);
  }

  long area() {
    return (long) height * width;
  }
}
