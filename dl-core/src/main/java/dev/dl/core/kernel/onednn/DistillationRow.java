package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import java.util.Arrays;

/** What a teacher says beside what is so, one row at a time. */
final class DistillationRow implements LossRow {
  private final Loss.Distillation loss;
  private final LossRow hard;
  private final double[] student;
  private final double[] teacher;

  DistillationRow(Loss.Distillation loss, int classes) {
    this.loss = loss;
    hard = LossRow.of(loss.hard(), classes);
    student = new double[classes];
    teacher = new double[classes];
  }

  @Override
  public LossResult run(float[] values, float[] targets) {
    int hardTargets = targets.length - values.length;
    writeLogProbabilities(values, 0, student);
    writeLogProbabilities(targets, hardTargets, teacher);
    LossResult result = hard.run(values, Arrays.copyOf(targets, hardTargets));
    if (result.counted() == 0) {
      return result;
    }
    double temperature = loss.temperature();
    double divergence = 0;
    for (int c = 0; c < values.length; c++) {
      double wanted = Math.exp(teacher[c]);
      divergence += wanted * (teacher[c] - student[c]);
      double soft = temperature * (Math.exp(student[c]) - wanted);
      values[c] = (float) ((1 - loss.mix()) * values[c] + loss.mix() * soft);
    }
    double soft = temperature * temperature * divergence;
    double sum = (1 - loss.mix()) * result.sum() + loss.mix() * soft;
    return new LossResult(sum, result.correct(), result.counted());
  }

  /** Of the logits from a position on, divided by the temperature. */
  private void writeLogProbabilities(float[] logits, int from, double[] to) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < to.length; c++) {
      to[c] = logits[from + c] / loss.temperature();
      largest = Math.max(largest, to[c]);
    }
    double total = 0;
    for (double logit : to) {
      total += Math.exp(logit - largest);
    }
    double logTotal = largest + Math.log(total);
    for (int c = 0; c < to.length; c++) {
      to[c] -= logTotal;
    }
  }
}
