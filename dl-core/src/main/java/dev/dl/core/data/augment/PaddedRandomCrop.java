package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;

/**
 * The picture with a border of zeros around it, cropped back to its size at a random place: the
 * augmentation of CIFAR of Lee et al. 2014, "Deeply-supervised nets"
 * (https://arxiv.org/abs/1409.5185).
 *
 * @param padding pixels on each side
 */
public record PaddedRandomCrop(int padding) implements Transform {

  public PaddedRandomCrop {
    Check.argument(padding >= 0, "padding " + padding);
  }

  @Override
  public Transform ofMask() {
    return this;
  }

  @Override
  public Image apply(Image image, Draws draws) {
    int top = draws.below(2 * padding + 1);
    int left = draws.below(2 * padding + 1);
    return with(image, top, left);
  }

  /** The crop whose corner is here in the padded picture. */
  Image with(Image image, int top, int left) {
    return Crop.of(image, top - padding, left - padding, image.height(), image.width());
  }
}
