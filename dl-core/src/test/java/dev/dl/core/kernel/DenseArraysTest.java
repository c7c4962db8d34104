package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.process.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

final class DenseArraysTest {
  private final INDArray whole = DenseArrays.allocate(DataType.FLOAT, 10);
  private final INDArray view = whole.get(NDArrayIndex.interval(4, 8)).reshape('c', 2, 2);

  @Test
  void theAddressOfAViewIsThatOfItsFirstElement() {
    assertThat(DenseArrays.address(view) - DenseArrays.address(whole))
        .isEqualTo(4 * Float.BYTES)
        .isEqualTo(
            view.data().addressPointer().address() - whole.data().addressPointer().address());
  }

  @Test
  void writesAndReadsAViewInItsPlace() {
    DenseArrays.write(new float[] {1, 2, 3, 4}, view);
    assertThat(DenseArrays.read(view)).containsExactly(1, 2, 3, 4);
    assertThat(whole.toFloatVector()).containsExactly(0, 0, 0, 0, 1, 2, 3, 4, 0, 0);
  }

  /** In a process of its own: one that reads what was freed crashes. */
  @Test
  void anArrayThatNobodyElseHoldsIsNotFreedWhileItIsRead() throws IOException {
    ChildProcess reader =
        new ChildProcess(
            List.of("-Xmx64m", "-Dorg.bytedeco.javacpp.maxBytes=2g"),
            List.of(ForgottenArrays.class.getName()));
    ChildProcess.End end = reader.run(Duration.ofMinutes(2));
    assertThat(end.crash()).as(end.err()).isNull();
    assertThat(end.exitCode()).as(end.err()).isZero();
  }
}
