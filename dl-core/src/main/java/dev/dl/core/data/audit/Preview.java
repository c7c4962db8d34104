package dev.dl.core.data.audit;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;

/**
 * What is shown of a sample.
 *
 * @param text how it begins, or {@code null}
 * @param picture a small one of it, or {@code null}
 */
public record Preview(String text, Image picture) {
  static final Preview NONE = new Preview(null, null);

  private static final int LONGEST_SIDE = 96;
  private static final int LONGEST_TEXT = 400;

  /** The beginning of a text. */
  public static Preview of(String text) {
    int end = Math.min(text.length(), LONGEST_TEXT);
    return new Preview(end == text.length() ? text : text.substring(0, end) + "…", null);
  }

  /** A picture, made small if it is large. */
  public static Preview of(Image picture) {
    int side = Math.max(picture.height(), picture.width());
    if (side <= LONGEST_SIDE) {
      return new Preview(null, picture);
    }
    int height = Math.max(1, picture.height() * LONGEST_SIDE / side);
    int width = Math.max(1, picture.width() * LONGEST_SIDE / side);
    return new Preview(null, picture.resize(height, width, Filter.AREA));
  }
}
