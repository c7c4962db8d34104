package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;

/**
 * The operations of {@link RandAugment}, each of a level from 0 to {@value #MAXIMUM_LEVEL}, or down
 * to the negative of it if it is signed. Shears are up to 0.3, translations up to 150/331 of the
 * side, turns up to 30 degrees, factors up to 0.9 from 1; posterizing leaves down to 4 bits and
 * solarizing starts from 255 down to 0.
 */
enum Operation {
  IDENTITY(false),
  SHEAR_X(true),
  SHEAR_Y(true),
  TRANSLATE_X(true),
  TRANSLATE_Y(true),
  ROTATE(true),
  BRIGHTNESS(true),
  COLOR(true),
  CONTRAST(true),
  SHARPNESS(true),
  POSTERIZE(false),
  SOLARIZE(false),
  AUTO_CONTRAST(false),
  EQUALIZE(false);

  static final int MAXIMUM_LEVEL = 30;

  private final boolean signed;

  Operation(boolean signed) {
    this.signed = signed;
  }

  /** Whether it has a direction. */
  boolean signed() {
    return signed;
  }

  /** Whether it moves pixels, rather than change their colours. */
  boolean moves() {
    return switch (this) {
      case SHEAR_X, SHEAR_Y, TRANSLATE_X, TRANSLATE_Y, ROTATE -> true;
      default -> false;
    };
  }

  Image apply(Image image, int level) {
    double strength = (double) level / MAXIMUM_LEVEL;
    return switch (this) {
      case IDENTITY -> image;
      case SHEAR_X -> Affine.shear(0.3 * strength, 0).apply(image);
      case SHEAR_Y -> Affine.shear(0, 0.3 * strength).apply(image);
      case TRANSLATE_X -> Affine.translation(pixels(image.width(), level), 0).apply(image);
      case TRANSLATE_Y -> Affine.translation(0, pixels(image.height(), level)).apply(image);
      case ROTATE -> Affine.rotation(30 * strength, image.height(), image.width()).apply(image);
      case BRIGHTNESS -> Tones.brightness(image, 1 + 0.9 * strength);
      case COLOR -> Colours.saturation(image, 1 + 0.9 * strength);
      case CONTRAST -> Tones.contrast(image, 1 + 0.9 * strength);
      case SHARPNESS -> Sharpness.of(image, 1 + 0.9 * strength);
      case POSTERIZE -> Tones.posterized(image, 8 - (int) Math.rint(4 * strength));
      case SOLARIZE -> Tones.solarized(image, 255 * (1 - strength));
      case AUTO_CONTRAST -> Tones.autoContrast(image);
      case EQUALIZE -> Tones.equalized(image);
    };
  }

  private static int pixels(int side, int level) {
    return (int) (150L * side * level / (331L * MAXIMUM_LEVEL));
  }
}
