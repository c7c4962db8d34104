package dev.dl.core.data;

import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * Which data a run uses and how it is prepared.
 *
 * @param source a dataset of the catalogue ({@code fashion-mnist-10k}), or {@code idx}, or {@code
 *     image-folder}
 * @param path folder or file of the data, for sources that need one
 * @param validationFraction share of the training split held out, stratified by class, where the
 *     source has no validation split of its own
 * @param splitSeed decides which samples are held out; apart from the run's seed, so that seeds
 *     share the split
 * @param imageSize height and width to resize to; {@code null} keeps the size of the source
 * @param normalize subtract the mean and divide by the deviation of each channel, fitted on the
 *     training split
 * @param augmentation random changes to training images
 */
public record DataSpec(
    String source,
    @Default("null") String path,
    @Default("0.1") @Minimum(0) @Below(1) double validationFraction,
    @Default("0") @Minimum(0) long splitSeed,
    @Default("null") @Minimum(1) Integer imageSize,
    @Default("true") boolean normalize,
    @Default("{}") AugmentationSpec augmentation) {}
