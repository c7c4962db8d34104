package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.LossResult;

/** The mean of the losses of each output of a row. */
record ElementwiseRow(ElementLoss element) implements LossRow {

  @Override
  public LossResult run(float[] values, float[] targets) {
    double sum = 0;
    boolean correct = true;
    for (int i = 0; i < values.length; i++) {
      double output = values[i];
      sum += element.loss(output, targets[i]);
      correct &= element.correct(output, targets[i]);
      values[i] = (float) (element.gradient(output, targets[i]) / values.length);
    }
    return new LossResult(sum / values.length, correct ? 1 : 0, 1);
  }
}
