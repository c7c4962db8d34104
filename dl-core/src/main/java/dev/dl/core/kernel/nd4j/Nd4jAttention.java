package dev.dl.core.kernel.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import dev.dl.core.kernel.AttentionGeometry;
import dev.dl.core.kernel.AttentionKernel;
import dev.dl.core.kernel.DropoutMask;
import java.util.Arrays;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Attention as its formulas are written, one head of one sample at a time. */
record Nd4jAttention(AttentionGeometry geometry, DataType dataType) implements AttentionKernel {
  private static final double PENALTY = -1e30;

  @Override
  public void forward(INDArray input, INDArray mask, DropoutMask dropout, INDArray output) {
    eachHead(
        input,
        mask,
        dropout,
        head -> head.of(output, 0).assign(head.probabilities.mul(head.factors).mmul(head.values)));
  }

  @Override
  public void backward(
      INDArray input,
      INDArray mask,
      DropoutMask dropout,
      INDArray outputGradient,
      INDArray inputGradient) {
    eachHead(
        input,
        mask,
        dropout,
        head -> {
          INDArray gradient = head.of(outputGradient, 0).dup();
          INDArray dropped = head.probabilities.mul(head.factors);
          INDArray probabilityGradient = gradient.mmul(head.values.transpose()).muli(head.factors);
          INDArray means = probabilityGradient.mul(head.probabilities).sum(true, 1);
          INDArray scoreGradient =
              probabilityGradient
                  .subColumnVector(means)
                  .muli(head.probabilities)
                  .muli(geometry.scale());
          head.of(inputGradient, 0).assign(scoreGradient.mmul(head.keys));
          head.of(inputGradient, 1).assign(scoreGradient.transpose().mmul(head.queries));
          head.of(inputGradient, 2).assign(dropped.transpose().mmul(gradient));
        });
  }

  /** What both passes need of one head of one sample. */
  private final class Head {
    private final int sample;
    private final int number;
    private final INDArray queries;
    private final INDArray keys;
    private final INDArray values;
    private final INDArray probabilities;
    private final INDArray factors;

    Head(int sample, int number, INDArray input, INDArray mask, DropoutMask dropout) {
      this.sample = sample;
      this.number = number;
      queries = of(input, 0).dup();
      keys = of(input, 1).dup();
      values = of(input, 2).dup();
      INDArray scores = queries.mmul(keys.transpose()).muli(geometry.scale());
      if (mask != null) {
        scores.addiRowVector(mask.getRow(sample).rsub(1).muli(PENALTY));
      }
      if (geometry.causal()) {
        scores.addi(causalPenalties());
      }
      INDArray exponentials = Transforms.exp(scores.subColumnVector(scores.max(true, 1)), false);
      probabilities = exponentials.divColumnVector(exponentials.sum(true, 1));
      factors = factors(dropout);
    }

    /** This head's share of part 0, 1 or 2 of each row: {@code [length, size]}. */
    private INDArray of(INDArray array, int part) {
      int start = part * geometry.features() + number * geometry.headSize();
      return array.get(point(sample), all(), interval(start, start + geometry.headSize()));
    }

    private INDArray causalPenalties() {
      int length = geometry.length();
      double[][] penalties = new double[length][length];
      for (int query = 0; query < length; query++) {
        Arrays.fill(penalties[query], query + 1, length, PENALTY);
      }
      return Nd4j.create(penalties).castTo(dataType);
    }

    private INDArray factors(DropoutMask dropout) {
      int length = geometry.length();
      float[][] factors = new float[length][length];
      for (int query = 0; query < length; query++) {
        long block =
            geometry.row(dropout.firstSample() + sample, number, query) * geometry.blocksPerRow();
        for (int key = 0; key < length; key += DropoutMask.BLOCK, block++) {
          float[] values = dropout.factors(block, Math.min(DropoutMask.BLOCK, length - key));
          System.arraycopy(values, 0, factors[query], key, values.length);
        }
      }
      return Nd4j.create(factors).castTo(dataType);
    }
  }

  private void eachHead(INDArray input, INDArray mask, DropoutMask dropout, Consumer<Head> work) {
    for (int sample = 0; sample < input.size(0); sample++) {
      for (int head = 0; head < geometry.heads(); head++) {
        work.accept(new Head(sample, head, input, mask, dropout));
      }
    }
  }
}
