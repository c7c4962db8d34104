package dev.dl.core.kernel.update;

/**
 * How weights are pulled towards zero.
 *
 * @param rate 0 for none
 * @param decoupled the weights shrink by {@code learningRate * rate} beside the update (Loshchilov
 *     and Hutter 2017, https://arxiv.org/abs/1711.05101); otherwise {@code rate * weight} is added
 *     to the gradient
 */
public record WeightDecay(double rate, boolean decoupled) {
  public static final WeightDecay NONE = new WeightDecay(0, false);

  /** What is added to the gradient for each unit of weight. */
  double inGradient() {
    return decoupled ? 0 : rate;
  }

  /** What a weight is multiplied by beside the update. */
  double shrinkage(double learningRate) {
    return decoupled ? 1 - learningRate * rate : 1;
  }
}
