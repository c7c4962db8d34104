package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A random box of the picture painted over, as Zhong et al. 2017, "Random erasing data
 * augmentation" (https://arxiv.org/abs/1708.04896). Area and logarithm of the ratio are uniform;
 * where ten boxes do not fit, nothing is erased.
 *
 * @param probability share of the pictures that lose a box
 * @param minimumArea of the box, as a share of the picture's area, above 0
 * @param maximumArea of the box, at most 1
 * @param minimumRatio of the box's sides, from above 0 to 1; the greatest is its inverse
 * @param fill the paint, bytes from 0 to 255 before normalization: one for every channel of the
 *     picture, or one for all its channels of colour, which leaves its transparency
 */
public record RandomErasing(
    double probability,
    double minimumArea,
    double maximumArea,
    double minimumRatio,
    List<Integer> fill)
    implements Transform {

  public RandomErasing {
    Check.probability(probability);
    Check.argument(minimumRatio <= 1, "ratios from " + minimumRatio);
    new RandomBox(minimumArea, maximumArea, minimumRatio, 1 / minimumRatio);
    fill = List.copyOf(fill);
    Check.argument(
        !fill.isEmpty() && fill.stream().allMatch(paint -> paint >= 0 && paint <= 255),
        "fill " + fill);
  }

  /** Nobody can tell what was under the paint. */
  @Override
  public Transform ofMask() {
    return new RandomErasing(probability, minimumArea, maximumArea, minimumRatio, List.of(0));
  }

  /**
   * The picture, perhaps with a box erased.
   *
   * @throws IllegalArgumentException if there are several fills, but not as many as channels
   */
  @Override
  public Image apply(Image image, Draws draws) {
    return draw(image.height(), image.width(), draws).map(box -> with(image, box)).orElse(image);
  }

  Optional<Box> draw(int height, int width, Draws draws) {
    return draws.chance(probability)
        ? new RandomBox(minimumArea, maximumArea, minimumRatio, 1 / minimumRatio)
            .draw(height, width, draws)
        : Optional.empty();
  }

  Image with(Image image, Box box) {
    Check.argument(
        fill.size() == 1 || fill.size() == image.channels(),
        fill.size() + " fills for " + image.channels() + " channels");
    byte[] erased = image.pixels().clone();
    int channels = fill.size() == 1 ? Tones.colours(image) : fill.size();
    for (int channel = 0; channel < channels; channel++) {
      byte paint = fill.get(fill.size() == 1 ? 0 : channel).byteValue();
      for (int row = box.top(); row < box.top() + box.height(); row++) {
        int start = (channel * image.height() + row) * image.width() + box.left();
        Arrays.fill(erased, start, start + box.width(), paint);
      }
    }
    return new Image(image.channels(), image.height(), image.width(), erased);
  }
}
