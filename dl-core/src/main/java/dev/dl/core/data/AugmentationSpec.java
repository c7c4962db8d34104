package dev.dl.core.data;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.core.data.augment.HorizontalFlip;
import dev.dl.core.data.augment.PaddedRandomCrop;
import dev.dl.core.data.augment.Transform;
import java.util.ArrayList;
import java.util.List;

/**
 * Random changes to training images, each a function of (seed, epoch, sample).
 *
 * @param randomCropPadding pixels of zero padding on each side before a random crop back to size; 0
 *     for none
 * @param horizontalFlip mirror half of the images
 */
public record AugmentationSpec(
    @Default("0") @Minimum(0) int randomCropPadding, @Default("false") boolean horizontalFlip) {
  /** The changes in the order in which they are made. */
  List<Transform> transforms(ImageShape shape) {
    List<Transform> transforms = new ArrayList<>();
    if (randomCropPadding > 0) {
      transforms.add(new PaddedRandomCrop(randomCropPadding));
    }
    if (horizontalFlip) {
      transforms.add(new HorizontalFlip(0.5));
    }
    return transforms;
  }

  /** Whether pictures have to keep their own size until they are changed. */
  boolean takesWholePictures() {
    return false;
  }

  public static final AugmentationSpec NONE = new AugmentationSpec(0, false);
}
