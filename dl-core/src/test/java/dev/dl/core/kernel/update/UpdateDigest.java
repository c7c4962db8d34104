package dev.dl.core.kernel.update;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.Views;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Prints which kernels this Java takes, how wide their vectors are, and a digest of what all steps
 * come to.
 */
final class UpdateDigest {
  private static final int LENGTH = 70_001;

  private UpdateDigest() {}

  public static void main(String[] arguments) throws Exception {
    try (Parallel parallel = Parallel.of(2)) {
      UpdateKernels kernels = UpdateKernels.onHost(parallel);
      int bits = kernels instanceof VectorUpdateKernels ? NativeFloats.WIDEST.vectorBitSize() : 0;
      System.out.println(bits + " " + of(kernels));
    }
  }

  static String of(UpdateKernels kernels) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    INDArray[] s = new INDArray[5];
    for (int i = 0; i < s.length; i++) {
      s[i] = Views.of(values(i), LENGTH);
    }
    Parameters parameters = new Parameters(s[0], Optional.of(new Parameters.Average(s[4], 0.75)));
    WeightDecay decay = new WeightDecay(0.01, true);
    for (int step = 1; step <= 3; step++) {
      Range range = new Range(step, LENGTH - 5L * step);
      kernels.adam(
          parameters,
          s[1],
          s[2],
          s[3],
          range,
          new AdamStep(0.01, 0.9, 0.999, 1e-8, decay, step, 0.25));
      kernels.sgd(
          parameters,
          s[1],
          s[2],
          range,
          new SgdStep(0.1, 0.9, true, new WeightDecay(0.1, false), 0.5));
      kernels.lion(parameters, s[1], s[2], range, new LionStep(0.01, 0.9, 0.99, 0.1, 0.25));
    }
    for (INDArray array : s) {
      for (float value : DenseArrays.read(array)) {
        digest.update(
            ByteBuffer.allocate(Float.BYTES)
                .putInt(0, Float.floatToIntBits(value))); // NaNs are one
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** With some of each kind of special value; squares, of number 3, are not negative. */
  private static float[] values(int number) {
    float[] special = {
      0, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -1e-40f, Float.MAX_VALUE
    };
    Random random = new Random(number);
    float[] values = new float[LENGTH];
    for (int i = 0; i < values.length; i++) {
      float value =
          random.nextInt(50) == 0
              ? special[random.nextInt(special.length)]
              : (float) random.nextGaussian();
      values[i] = number == 3 ? Math.abs(value) : value;
    }
    return values;
  }
}
