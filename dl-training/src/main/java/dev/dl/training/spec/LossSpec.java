package dev.dl.training.spec;

import dev.dl.core.config.Above;
import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * What training makes small. The {@code loss} of evaluations stays the usual one of the task,
 * without weights and smoothing, so that runs with different losses can be compared.
 *
 * @param name {@code cross-entropy}, {@code focal}, {@code binary-cross-entropy}, {@code mse},
 *     {@code mae}, {@code huber}, {@code dice}, of anomalies {@code distance}, of pairs of texts
 *     {@code contrastive} or {@code cosine}; {@code null}: the usual one for such data
 * @param labelSmoothing share of the target that is spread over all classes, of cross-entropy
 * @param classWeights {@code balanced}, or a number for each class, of cross-entropy and focal;
 *     {@code null}: all samples count the same
 * @param gamma of focal: how much less counts what is told well already
 * @param threshold of huber: where the linear part begins, in standard deviations of the target
 * @param crossEntropy of dice: weight of the cross-entropy that is added
 * @param scale of contrastive: what cosines are multiplied by
 */
public record LossSpec(
    @Default("null") LossKind name,
    @Default("0") @Minimum(0) @Below(1) double labelSmoothing,
    @Default("null") ClassWeights classWeights,
    @Default("2") @Minimum(0) double gamma,
    @Default("1") @Above(0) double threshold,
    @Default("1") @Minimum(0) double crossEntropy,
    @Default("20") @Above(0) double scale) {}
