package dev.dl.core.data;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * How pictures are brought to one shape.
 *
 * @param size height and width to resize to; {@code null} keeps the size of the source
 * @param normalize subtract the mean and divide by the deviation of each channel, fitted on the
 *     training split
 */
public record ImageSpec(
    @Default("null") @Minimum(1) Integer size, @Default("true") boolean normalize) {
  public static final ImageSpec DEFAULT = new ImageSpec(null, true);
}
