package dev.dl.models.graph;

import dev.dl.core.data.image.ImageShape;
import dev.dl.models.layer.Shape;

/** What one sample is that a network is given. */
public sealed interface Input permits ImageInput, TextInput, TableInput {

  /** The shape of one sample, the longest where lengths differ. */
  Shape shape();

  /** The shape of the images; anything else is refused with an IllegalArgumentException. */
  default ImageShape image() {
    throw refused("images");
  }

  /**
   * The same of images with sides of at least so many pixels, as many as all strides of a network
   * come to; smaller ones would shrink to nothing but padding.
   */
  default ImageShape imageOfAtLeast(int side) {
    ImageShape image = image();
    if (Math.min(image.height(), image.width()) < side) {
      throw new IllegalArgumentException(
          "got %s images, expected sides of at least %d".formatted(image, side));
    }
    return image;
  }

  /** This as texts; anything else is refused with an IllegalArgumentException. */
  default TextInput text() {
    throw refused("texts");
  }

  /** This as rows of a table; anything else is refused with an IllegalArgumentException. */
  default TableInput table() {
    throw refused("rows of a table");
  }

  private IllegalArgumentException refused(String expected) {
    return new IllegalArgumentException("got %s, expected %s".formatted(this, expected));
  }
}
