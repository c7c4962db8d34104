package dev.dl.core.data;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * Random changes to training images, each a function of (seed, epoch, sample).
 *
 * @param randomCropPadding pixels of zero padding on each side before a random crop back to size; 0
 *     for none
 * @param horizontalFlip mirror half of the images
 */
public record AugmentationSpec(
    @Default("0") @Minimum(0) int randomCropPadding, @Default("false") boolean horizontalFlip) {
  public static final AugmentationSpec NONE = new AugmentationSpec(0, false);
}
