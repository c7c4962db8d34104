package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;

/** A random change to a picture. */
@FunctionalInterface
public interface Transform {
  /** The changed picture; the draws decide how. */
  Image apply(Image image, Draws draws);
}
