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
 * @param image how pictures are brought to one shape
 * @param augmentation random changes to training images
 * @param onBadSample what to do about samples that cannot be read
 */
public record DataSpec(
    String source,
    @Default("null") String path,
    @Default("0.1") @Minimum(0) @Below(1) double validationFraction,
    @Default("0") @Minimum(0) long splitSeed,
    @Default("{}") ImageSpec image,
    @Default("{}") AugmentationSpec augmentation,
    @Default("fail") OnBadSample onBadSample) {}
