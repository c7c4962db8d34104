package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.DropoutMask;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dropout of whole arrays, alone or with a sum after it, block by block. */
final class DropoutLoops {
  private static final int PARTS = 16;
  private static final int BLOCK = DropoutMask.BLOCK;

  private final Parallel parallel;

  DropoutLoops(Parallel parallel) {
    this.parallel = parallel;
  }

  /**
   * {@code dropout(input) + addend}.
   *
   * @param addend {@code null} for zero; not the output
   */
  void run(INDArray input, INDArray addend, DropoutMask dropout, INDArray output) {
    FloatBuffer from = DenseArrays.buffer(input);
    FloatBuffer added = addend == null ? null : DenseArrays.buffer(addend);
    FloatBuffer to = DenseArrays.buffer(output);
    IntBuffer bitsTo = DenseArrays.bits(output);
    long first = dropout.firstSample() * (input.length() / input.size(0));
    long firstBlock = first / BLOCK;
    int skipped = (int) (first % BLOCK);
    int blocks = (skipped + from.capacity() + BLOCK - 1) / BLOCK;
    int parts = Math.min(PARTS, blocks);
    parallel.run(
        parts,
        part -> {
          float[] values = new float[BLOCK];
          float[] others = new float[BLOCK];
          var factors = new DropoutMask.Factors(dropout, BLOCK);
          for (int block = blocks * part / parts; block < blocks * (part + 1) / parts; block++) {
            int within = block == 0 ? skipped : 0;
            int start = block * BLOCK + within - skipped;
            int length = Math.min(BLOCK - within, from.capacity() - start);
            from.get(start, values, 0, length);
            // By way of the output's memory, the factors' bits become floats.
            factors.begin(firstBlock + block, within, 0, length);
            bitsTo.put(start, factors.bits(length), 0, length);
            to.get(start, others, 0, length);
            for (int i = 0; i < length; i++) {
              values[i] *= others[i];
            }
            if (added != null) {
              added.get(start, others, 0, length);
              for (int i = 0; i < length; i++) {
                values[i] += others[i];
              }
            }
            to.put(start, values, 0, length);
          }
        });
  }
}
