package dev.dl.core.data.augment;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;

/**
 * A random part of the picture, resized: the crop of Szegedy et al. 2014, "Going deeper with
 * convolutions" (https://arxiv.org/abs/1409.4842). Area and logarithm of the ratio are uniform;
 * where ten of them do not fit, the largest part around the centre that keeps the ratio's bounds.
 *
 * @param height of the result in pixels
 * @param width of the result in pixels
 * @param minimumArea of the part, as a share of the picture's area, above 0
 * @param maximumArea of the part, at most 1
 * @param minimumRatio of the part's width to its height, above 0
 * @param maximumRatio of the part's width to its height
 * @param filter by which the part is resized
 */
public record RandomResizedCrop(
    int height,
    int width,
    double minimumArea,
    double maximumArea,
    double minimumRatio,
    double maximumRatio,
    Filter filter)
    implements Transform {

  public RandomResizedCrop {
    Check.argument(height > 0 && width > 0, "crop to " + height + "x" + width);
    new RandomBox(minimumArea, maximumArea, minimumRatio, maximumRatio);
  }

  @Override
  public Transform ofMask() {
    return new RandomResizedCrop(
        height, width, minimumArea, maximumArea, minimumRatio, maximumRatio, Filter.NEAREST);
  }

  @Override
  public Image apply(Image image, Draws draws) {
    return with(image, draw(image.height(), image.width(), draws));
  }

  Box draw(int imageHeight, int imageWidth, Draws draws) {
    return new RandomBox(minimumArea, maximumArea, minimumRatio, maximumRatio)
        .draw(imageHeight, imageWidth, draws)
        .orElseGet(() -> centre(imageHeight, imageWidth));
  }

  Image with(Image image, Box box) {
    return Crop.of(image, box.top(), box.left(), box.height(), box.width())
        .resize(height, width, filter);
  }

  private Box centre(int imageHeight, int imageWidth) {
    double ratio = (double) imageWidth / imageHeight;
    int boxHeight = imageHeight;
    int boxWidth = imageWidth;
    if (ratio < minimumRatio) {
      boxHeight = Math.max(1, (int) Math.rint(imageWidth / minimumRatio));
    } else if (ratio > maximumRatio) {
      boxWidth = Math.max(1, (int) Math.rint(imageHeight * maximumRatio));
    }
    return new Box((imageHeight - boxHeight) / 2, (imageWidth - boxWidth) / 2, boxHeight, boxWidth);
  }
}
