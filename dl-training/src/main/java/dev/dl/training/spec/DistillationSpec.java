package dev.dl.training.spec;

import dev.dl.core.config.Above;
import dev.dl.core.config.Default;
import dev.dl.core.config.Maximum;
import dev.dl.core.config.Minimum;

/**
 * A network that has been trained already and that another is to learn from (Hinton et al. 2015,
 * https://arxiv.org/abs/1503.02531).
 *
 * @param teacher directory of its run, which is finished and has the same classes and preprocessing
 * @param temperature that the logits of both are divided by
 * @param mix share of the teacher in the loss; the rest is {@code training.loss}
 */
public record DistillationSpec(
    String teacher,
    @Default("2") @Above(0) double temperature,
    @Default("0.5") @Minimum(0) @Maximum(1) double mix) {}
