package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;

/**
 * Left and right swapped, in this share of the pictures.
 *
 * @param probability from 0 to 1
 */
public record HorizontalFlip(double probability) implements Transform {

  public HorizontalFlip {
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
    int width = image.width();
    byte[] source = image.pixels();
    byte[] target = new byte[source.length];
    for (int start = 0; start < source.length; start += width) {
      for (int column = 0; column < width; column++) {
        target[start + column] = source[start + width - 1 - column];
      }
    }
    return new Image(image.channels(), image.height(), width, target);
  }
}
