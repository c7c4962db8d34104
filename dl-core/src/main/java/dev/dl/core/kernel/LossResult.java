package dev.dl.core.kernel;

/**
 * A loss over a batch.
 *
 * @param sum of the losses of the samples
 * @param correct samples whose largest logit is that of their label
 */
public record LossResult(double sum, int correct) {}
