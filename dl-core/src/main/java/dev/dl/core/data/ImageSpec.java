package dev.dl.core.data;

import dev.dl.core.config.Default;
import dev.dl.core.config.Maximum;
import dev.dl.core.config.Minimum;
import dev.dl.core.data.image.Filter;

/**
 * How pictures are brought to one shape.
 *
 * @param size height and width to resize to; {@code null} keeps the size of the source
 * @param channels 1 (grey), 2 (grey and alpha), 3 (red, green, blue) or 4 (with alpha); {@code
 *     null}: grey if all pictures are, else colour, without alpha
 * @param filter of resizing; all but {@code nearest} are antialiased
 * @param normalize subtract the mean and divide by the deviation of each channel, fitted on the
 *     training split
 * @param column with the paths of the pictures, in lists of them
 */
public record ImageSpec(
    @Default("null") @Minimum(1) Integer size,
    @Default("null") @Minimum(1) @Maximum(4) Integer channels,
    @Default("bilinear") Filter filter,
    @Default("true") boolean normalize,
    @Default("path") String column) {}
