package dev.dl.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Once a network is warm, its steps allocate no native memory for arrays. */
final class SteadyStateTest {
  private static final int WARM_UP = 3;
  private static final int STEPS = 5;

  /** What ND4J takes to describe views in each step, however large the arrays are. */
  private static final int BOOKKEEPING_BYTES = 512;

  @ParameterizedTest
  @MethodSource("dev.dl.models.network.GradientCheckTest#cases")
  void allocatesNothing(String layer) {
    Network network = GradientCheckTest.network(layer, new OneDnnKernels(Parallel.onOpenMp(2)));
    run(layer, network, WARM_UP);
    long before = Pointer.totalBytes();
    run(layer, network, STEPS);
    assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before + STEPS * BOOKKEEPING_BYTES);
  }

  private static void run(String layer, Network network, int steps) {
    for (int step = 0; step < steps; step++) {
      GradientCheckTest.gradient(layer, network);
    }
  }
}
