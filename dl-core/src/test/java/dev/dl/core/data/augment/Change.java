package dev.dl.core.data.augment;

import dev.dl.core.data.augment.ColorJitter.Adjustment;
import dev.dl.core.data.augment.ColorJitter.Quality;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A change of given parameters, and a picture before and after it. */
record Change(String picture, String name, double[] parameters, Image before, Image after) {
  private static final Set<String> GEOMETRY =
      Set.of(
          "PADDED_CROP",
          "HORIZONTAL_FLIP",
          "VERTICAL_FLIP",
          "SHEAR_X",
          "SHEAR_Y",
          "TRANSLATE_X",
          "TRANSLATE_Y",
          "ROTATE");

  boolean isGeometry() {
    return GEOMETRY.contains(name);
  }

  /** What this package makes of a picture. */
  Image of(Image image) {
    return switch (name) {
      case "CROP" -> crop().with(image, box());
      case "PADDED_CROP" -> new PaddedRandomCrop(whole(0)).with(image, whole(1), whole(2));
      case "HORIZONTAL_FLIP" -> HorizontalFlip.flipped(image);
      case "VERTICAL_FLIP" -> VerticalFlip.flipped(image);
      case "ERASE" -> new RandomErasing(1, 1, 1, 1, fill()).with(image, box());
      case "JITTER" -> ColorJitter.with(image, adjustments());
      case "SHARPNESS" -> Sharpness.of(image, parameters[0]);
      case "POSTERIZE" -> Tones.posterized(image, whole(0));
      case "SOLARIZE" -> Tones.solarized(image, parameters[0]);
      case "AUTO_CONTRAST" -> Tones.autoContrast(image);
      case "EQUALIZE" -> Tones.equalized(image);
      default -> new Adjustment(Quality.valueOf(name), parameters[0]).apply(image);
    };
  }

  /** What this package makes of a picture, the change being an operation at a level. */
  Image operationOf(Image image) {
    return Operation.valueOf(name).apply(image, whole(0));
  }

  private RandomResizedCrop crop() {
    return new RandomResizedCrop(whole(4), whole(5), 1, 1, 1, 1, Filter.BILINEAR);
  }

  private Box box() {
    return new Box(whole(0), whole(1), whole(2), whole(3));
  }

  private List<Integer> fill() {
    return IntStream.range(4, parameters.length).mapToObj(this::whole).toList();
  }

  private List<Adjustment> adjustments() {
    Quality[] order = Quality.values();
    return IntStream.range(0, order.length)
        .mapToObj(i -> new Adjustment(order[whole(2 * i)], parameters[2 * i + 1]))
        .toList();
  }

  private int whole(int index) {
    return (int) parameters[index];
  }

  @Override
  public String toString() {
    return picture + ": " + name + Arrays.toString(parameters);
  }
}
