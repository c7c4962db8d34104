package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Loss;
import dev.dl.core.kernel.LossResult;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss from outputs to its sum and gradient, one row at a time, in double precision. */
interface LossRow {
  /** Rows of a part: the losses of fixed parts are added in their order. */
  int ROWS_PER_PART = 32;

  /**
   * The loss of one row.
   *
   * @param values the outputs, replaced by their gradients
   */
  LossResult run(float[] values, float[] targets);

  /** One for rows of {@code outputs}, to be used by one thread. */
  static LossRow of(Loss loss, int outputs) {
    if (loss instanceof Loss.SoftmaxCrossEntropy entropy) {
      return new SoftmaxRow(entropy, outputs);
    }
    if (loss instanceof Loss.Distance) {
      return new DistanceRow();
    }
    if (loss instanceof Loss.Focal focal) {
      return new FocalRow(focal, outputs);
    }
    if (loss instanceof Loss.Distillation distillation) {
      return new DistillationRow(distillation, outputs);
    }
    return new ElementwiseRow(ElementLoss.of(loss));
  }

  /** The loss of all rows, and its gradient. */
  static LossResult run(
      Parallel parallel, Loss loss, INDArray outputs, INDArray targets, INDArray gradient) {
    int width = Math.toIntExact(outputs.size(-1));
    int rows = Math.toIntExact(outputs.length() / width);
    int targetWidth = Math.toIntExact(targets.length() / rows);
    FloatBuffer from = DenseArrays.buffer(outputs);
    FloatBuffer wanted = DenseArrays.buffer(targets);
    FloatBuffer to = DenseArrays.buffer(gradient);
    LossResult[] parts = new LossResult[(rows + ROWS_PER_PART - 1) / ROWS_PER_PART];
    parallel.run(
        parts.length,
        part -> {
          LossRow row = of(loss, width);
          float[] values = new float[width];
          float[] rowTargets = new float[targetWidth];
          LossResult sum = LossResult.NOTHING;
          int end = Math.min(rows, (part + 1) * ROWS_PER_PART);
          for (int n = part * ROWS_PER_PART; n < end; n++) {
            from.get(n * width, values);
            wanted.get(n * targetWidth, rowTargets);
            sum = sum.plus(row.run(values, rowTargets));
            to.put(n * width, values);
          }
          parts[part] = sum;
        });
    LossResult total = LossResult.NOTHING;
    for (LossResult part : parts) {
      total = total.plus(part);
    }
    return total;
  }
}
