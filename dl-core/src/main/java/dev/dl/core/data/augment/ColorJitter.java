package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Brightness, contrast, saturation and hue changed at random and in random order: Szegedy et al.
 * 2014, "Going deeper with convolutions" (https://arxiv.org/abs/1409.4842), after Howard 2013
 * (https://arxiv.org/abs/1312.5402). A grey picture has neither saturation nor hue.
 *
 * @param brightness at least 0; the factor is uniform in [max(0, 1 - this), 1 + this], where 0 is
 *     black and 1 the picture itself
 * @param contrast likewise, where factor 0 is the picture's mean grey
 * @param saturation likewise, where factor 0 is a picture in grey
 * @param hue from 0 to 0.5; the turn is uniform in [-this, this], in turns of the circle of colours
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue)
    implements Transform {

  public ColorJitter {
    checkStrength("brightness", brightness, Double.MAX_VALUE);
    checkStrength("contrast", contrast, Double.MAX_VALUE);
    checkStrength("saturation", saturation, Double.MAX_VALUE);
    checkStrength("hue", hue, 0.5);
  }

  @Override
  public Image apply(Image image, Draws draws) {
    return with(image, draw(draws));
  }

  List<Adjustment> draw(Draws draws) {
    List<Quality> order = new ArrayList<>(List.of(Quality.values()));
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, draws.below(i + 1));
    }
    List<Adjustment> adjustments = new ArrayList<>();
    for (Quality quality : order) {
      double strength = strength(quality);
      if (strength > 0) {
        double neutral = quality == Quality.HUE ? 0 : 1;
        double lowest = quality == Quality.HUE ? -strength : Math.max(0, 1 - strength);
        adjustments.add(new Adjustment(quality, draws.between(lowest, neutral + strength)));
      }
    }
    return adjustments;
  }

  static Image with(Image image, List<Adjustment> adjustments) {
    Image adjusted = image;
    for (Adjustment adjustment : adjustments) {
      adjusted = adjustment.apply(adjusted);
    }
    return adjusted;
  }

  private double strength(Quality quality) {
    return switch (quality) {
      case BRIGHTNESS -> brightness;
      case CONTRAST -> contrast;
      case SATURATION -> saturation;
      case HUE -> hue;
    };
  }

  private static void checkStrength(String name, double strength, double maximum) {
    Check.argument(strength >= 0 && strength <= maximum, name + " " + strength);
  }

  enum Quality {
    BRIGHTNESS,
    CONTRAST,
    SATURATION,
    HUE
  }

  /** One quality set to a factor, or the hue turned. */
  record Adjustment(Quality quality, double amount) {

    Image apply(Image image) {
      return switch (quality) {
        case BRIGHTNESS -> Tones.brightness(image, amount);
        case CONTRAST -> Tones.contrast(image, amount);
        case SATURATION -> Colours.saturation(image, amount);
        case HUE -> Colours.hue(image, amount);
      };
    }
  }
}
