package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;

/**
 * Top and bottom swapped, in this share of the pictures.
 *
 * @param probability from 0 to 1
 */
public record VerticalFlip(double probability) implements Transform {

  public VerticalFlip {
    Check.probability(probability);
  }

  @Override
  public Transform ofMask() {
    return this;
  }

  @Override
  public Image apply(Image image, Draws draws) {
    return draws.chance(probability) ? flipped(image) : image;
  }

  static Image flipped(Image image) {
    int height = image.height();
    int width = image.width();
    byte[] target = new byte[image.pixels().length];
    for (int row = 0; row < image.channels() * height; row++) {
      int channel = row / height;
      int from = (2 * channel + 1) * height - 1 - row;
      System.arraycopy(image.pixels(), from * width, target, row * width, width);
    }
    return new Image(image.channels(), height, width, target);
  }
}
