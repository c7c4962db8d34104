package dev.dl.training.spec;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * How the network is evaluated.
 *
 * @param batchSize samples that go through the network at once
 * @param topK a prediction counts as right in {@code topKAccuracy} when the label is among this
 *     many most likely classes
 * @param horizontalFlip average the outputs for each picture and its mirror image: test-time
 *     augmentation, in predictions too
 */
public record EvaluationSpec(
    @Default("64") @Minimum(1) int batchSize,
    @Default("5") @Minimum(1) int topK,
    @Default("false") boolean horizontalFlip) {}
