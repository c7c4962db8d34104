package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.AttentionGeometry;
import dev.dl.core.kernel.AttentionKernel;
import dev.dl.core.kernel.DropoutMask;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Attention as its formulas are written, all heads of all samples at once. */
record Nd4jAttention(AttentionGeometry geometry, DataType dataType) implements AttentionKernel {
  private static final double PENALTY = -1e30;

  /** Queries, keys and values. */
  private static final int PARTS = 3;

  @Override
  public void forward(INDArray input, INDArray mask, DropoutMask dropout, INDArray output) {
    Heads heads = new Heads(input, mask, dropout);
    INDArray sums = Nd4j.matmul(heads.dropped(heads.probabilities), heads.values);
    output.assign(sums.reshape(heads.shape(1)).permute(1, 3, 0, 2, 4).reshape(output.shape()));
  }

  @Override
  public void backward(
      INDArray input,
      INDArray mask,
      DropoutMask dropout,
      INDArray outputGradient,
      INDArray inputGradient) {
    Heads heads = new Heads(input, mask, dropout);
    INDArray gradient = heads.parts(outputGradient, 1)[0];
    INDArray probabilityGradient =
        heads.dropped(Nd4j.matmul(gradient, heads.values, false, true, false));
    INDArray scoreGradient = heads.scoreGradient(probabilityGradient);
    INDArray ofQueries = Nd4j.matmul(scoreGradient, heads.keys);
    INDArray ofKeys = Nd4j.matmul(scoreGradient, heads.queries, true, false, false);
    INDArray ofValues =
        Nd4j.matmul(heads.dropped(heads.probabilities), gradient, true, false, false);
    inputGradient.assign(
        Nd4j.concat(0, ofQueries, ofKeys, ofValues)
            .reshape(heads.shape(PARTS))
            .permute(1, 3, 0, 2, 4)
            .reshape(inputGradient.shape()));
  }

  /** What both passes need. Each array has one matrix for each head of each sample. */
  private final class Heads {
    private final long samples;
    private final INDArray queries;
    private final INDArray keys;
    private final INDArray values;
    private final INDArray probabilities;

    /** Null where nothing is dropped. */
    private final INDArray factors;

    Heads(INDArray input, INDArray mask, DropoutMask dropout) {
      samples = input.size(0);
      INDArray[] parts = parts(input, PARTS);
      queries = parts[0];
      keys = parts[1];
      values = parts[2];
      INDArray scores = Nd4j.matmul(queries, keys, false, true, false).muli(geometry.scale());
      int length = geometry.length();
      if (mask != null) {
        scores.addi(
            mask.rsub(1)
                .muli(PENALTY)
                .reshape(samples, 1, 1, length)
                .broadcast(samples, geometry.heads(), length, length)
                .reshape(scores.shape()));
      }
      if (geometry.causal()) {
        scores.addi(causalPenalties().reshape(1, length, length).broadcast(scores.shape()));
      }
      INDArray rows = scores.reshape(scores.length() / length, length);
      probabilities = Nd4jSoftmax.of(rows).reshape(scores.shape());
      factors = dropout.drops() ? factors(dropout).reshape(scores.shape()) : null;
    }

    /** {@code [parts, samples, heads, length, size]}. */
    long[] shape(int parts) {
      return new long[] {parts, samples, geometry.heads(), geometry.length(), geometry.headSize()};
    }

    /** Of {@code [samples, length, parts · features]} each part. */
    INDArray[] parts(INDArray array, int count) {
      INDArray ordered =
          array
              .reshape(samples, geometry.length(), count, geometry.heads(), geometry.headSize())
              .permute(2, 0, 3, 1, 4)
              .dup('c')
              .reshape(count, array.length() / count);
      INDArray[] parts = new INDArray[count];
      Arrays.setAll(
          parts,
          part ->
              ordered
                  .tensorAlongDimension(part, 1)
                  .reshape(samples * geometry.heads(), geometry.length(), geometry.headSize()));
      return parts;
    }

    INDArray dropped(INDArray array) {
      return factors == null ? array : array.mul(factors);
    }

    INDArray scoreGradient(INDArray probabilityGradient) {
      int length = geometry.length();
      INDArray gradients = probabilityGradient.mul(probabilities);
      INDArray rows = gradients.reshape(gradients.length() / length, length);
      INDArray means = Nd4jSums.ofRows(rows);
      return rows.subi(probabilities.reshape(rows.shape()).mulColumnVector(means))
          .muli(geometry.scale())
          .reshape(gradients.shape());
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
      float[] factors = new float[Math.toIntExact(samples * geometry.heads() * length * length)];
      long row = geometry.row(dropout.firstSample(), 0, 0);
      for (int start = 0; start < factors.length; start += length, row++) {
        long block = row * geometry.blocksPerRow();
        for (int key = 0; key < length; key += DropoutMask.BLOCK, block++) {
          float[] found = dropout.factors(block, Math.min(DropoutMask.BLOCK, length - key));
          System.arraycopy(found, 0, factors, start + key, found.length);
        }
      }
      return Nd4j.createFromArray(factors).castTo(dataType);
    }
  }
}
