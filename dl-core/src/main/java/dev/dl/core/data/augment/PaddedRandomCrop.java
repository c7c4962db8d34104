package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;

/** Placeholder. */
public record PaddedRandomCrop(int padding) implements Transform {
  @Override
  public Image apply(Image image, Draws draws) {
    return image;
  }
}
