package dev.dl.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BackendTest {
  private static final Cuda NOTHING = new Cuda(null, false);
  private static final Cuda ALL = new Cuda("535.104.05", true);

  @Test
  void autoTakesTheCpuAndSaysWhyWhenThereIsNoDriver() {
    assertThat(Backend.decide(BackendChoice.AUTO, NOTHING))
        .isEqualTo(new Backend("cpu", "no NVIDIA driver found, and this build has no CUDA"));
  }

  @Test
  void autoTakesCudaWhenNothingSpeaksAgainstIt() {
    assertThat(Backend.decide(BackendChoice.AUTO, ALL).name()).isEqualTo("cuda");
  }

  @Test
  void cpuIsTakenWhenAskedForWhateverThereIs() {
    assertThat(Backend.decide(BackendChoice.CPU, ALL).name()).isEqualTo("cpu");
  }

  @Test
  void cudaAskedForInVainNamesReasonAndRemedy() {
    assertThatThrownBy(() -> Backend.decide(BackendChoice.CUDA, NOTHING))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("no NVIDIA driver found")
        .hasMessageContaining("--backend cpu");
    assertThatThrownBy(() -> Backend.decide(BackendChoice.CUDA, new Cuda("470.82.01", true)))
        .hasMessageContaining("driver 470.82.01 found, CUDA 11.6 needs 510 or newer");
    assertThatThrownBy(() -> Backend.decide(BackendChoice.CUDA, new Cuda("535.104.05", false)))
        .hasMessageContaining("this build has no CUDA; build with DL_BUILD_OPTIONS=-Pcuda");
  }

  @Test
  void readsTheDriverVersionFromEitherKindOfKernelModule() {
    assertThat(
            Cuda.parseDriver(
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  510.47.03  Mon Jan 24\n"
                    + "GCC version:  gcc version 9.3.0"))
        .isEqualTo("510.47.03");
    assertThat(
            Cuda.parseDriver(
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  560.35.03  Release"))
        .isEqualTo("560.35.03");
    assertThat(Cuda.parseDriver("something else")).isNull();
  }
}
