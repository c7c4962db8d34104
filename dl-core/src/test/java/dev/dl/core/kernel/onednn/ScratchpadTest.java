package dev.dl.core.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NativeMemory;
import dev.dl.core.kernel.Parallel;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What primitives need during a call is one memory for all, which is counted. */
final class ScratchpadTest {
  private static final int ROWS = 96;

  private final OneDnnKernels kernels = new OneDnnKernels(Parallel.onOpenMp(2));

  @Test
  void isSharedByAllThatAThreadCalls() {
    long before = NativeMemory.scratchBytes();
    product(512, 768);
    long ofOne = NativeMemory.scratchBytes() - before;
    assertThat(ofOne).isPositive();

    product(256, 384);
    product(512, 384);
    product(256, 768);

    assertThat(NativeMemory.scratchBytes() - before).isEqualTo(ofOne);
  }

  private void product(int inputs, int outputs) {
    kernels
        .dense(inputs, outputs, Activation.NONE)
        .forward(array(ROWS, inputs), array(outputs, inputs), null, array(ROWS, outputs));
  }

  private static INDArray array(long... shape) {
    return DenseArrays.allocate(DataType.FLOAT, shape);
  }
}
