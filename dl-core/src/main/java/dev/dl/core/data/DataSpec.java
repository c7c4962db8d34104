package dev.dl.core.data;

import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * Which data a run uses and how it is prepared.
 *
 * @param source a dataset of the catalogue ({@code fashion-mnist-10k}), or a kind of files: {@code
 *     idx}, {@code image-folder}, {@code images}, {@code image-masks}, {@code text}, {@code
 *     tagged-text}, {@code language}, {@code table}
 * @param path folder of the data, for sources that need one
 * @param train file of the training split, for sources that need one
 * @param validation file of the validation split, if there is one
 * @param test file of the test split, if there is one
 * @param validationFraction share of the training split held out, stratified by class, where the
 *     source has no validation split of its own
 * @param testFraction share of the training split held out before that, likewise, where the source
 *     has no test split of its own
 * @param splitSeed decides which samples are held out; apart from the run's seed, so that seeds
 *     share the split
 * @param target what the model is to tell of each row or text
 * @param image how pictures are brought to one shape
 * @param mask what the numbers in masks mean
 * @param text how texts become tokens
 * @param table how columns are taken
 * @param augmentation random changes to training images
 * @param onBadSample what to do about samples that cannot be read
 * @param allowLeakage whether training samples may be in another split of the user's too
 * @param cache where prepared samples are kept
 */
public record DataSpec(
    String source,
    @Default("null") String path,
    @Default("null") String train,
    @Default("null") String validation,
    @Default("null") String test,
    @Default("0.1") @Minimum(0) @Below(1) double validationFraction,
    @Default("0") @Minimum(0) @Below(1) double testFraction,
    @Default("0") @Minimum(0) long splitSeed,
    @Default("{}") TargetSpec target,
    @Default("{}") ImageSpec image,
    @Default("{}") MaskSpec mask,
    @Default("{}") TextSpec text,
    @Default("{}") TableSpec table,
    @Default("{}") AugmentationSpec augmentation,
    @Default("fail") OnBadSample onBadSample,
    @Default("false") boolean allowLeakage,
    @Default("{}") CacheSpec cache) {

  /** The same, but that training samples may be in other splits. */
  DataSpec withLeakageAllowed() {
    return new DataSpec(
        source,
        path,
        train,
        validation,
        test,
        validationFraction,
        testFraction,
        splitSeed,
        target,
        image,
        mask,
        text,
        table,
        augmentation,
        onBadSample,
        true,
        cache);
  }
}
