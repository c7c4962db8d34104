package dev.dl.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.cuda.CudaDevice;
import dev.dl.core.cuda.CudaFindings;
import dev.dl.core.cuda.CudaObstacle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTest {
  private static final CudaDevice DEVICE = new CudaDevice(1, "NVIDIA RTX A4000", 16117, 8, 6);
  private static final CudaFindings GOOD =
      new CudaFindings("535.104.05", "12.2", List.of(DEVICE), 1, "8.3.2", null);
  private static final CudaFindings BAD =
      new CudaFindings(
          null, null, List.of(), null, null, new CudaObstacle("no NVIDIA driver found", "get one"));

  @Test
  void autoTakesTheCpuAndSaysWhyWhereCudaCannotBeUsed() {
    assertThat(Backend.decide(BackendChoice.AUTO, BAD))
        .isEqualTo(Backend.cpu("no NVIDIA driver found"));
  }

  @Test
  void autoTakesADeviceThatComputesCorrectly() {
    Backend backend = Backend.decide(BackendChoice.AUTO, GOOD);

    assertThat(backend.name()).isEqualTo("cuda");
    assertThat(backend.device()).isEqualTo(DEVICE);
    assertThat(backend).hasToString("cuda:1 NVIDIA RTX A4000, 16117 MiB, compute capability 8.6");
  }

  @Test
  void cudaAskedForInVainNamesReasonAndRemedy() {
    assertThatThrownBy(() -> Backend.decide(new BackendChoice("cuda:1"), BAD))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("backend cuda:1: no NVIDIA driver found; get one");
  }

  @Test
  void aChoiceMayNameADevice() {
    assertThat(new BackendChoice("cuda:12").device()).isEqualTo(12);
    assertThat(BackendChoice.CUDA.device()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "cuda:", "cuda:x", "cuda:-1", "cpu:0", "CUDA", ""})
  void refusesOtherChoices(String name) {
    assertThatThrownBy(() -> new BackendChoice(name))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("one of auto, cpu, cuda, or a device such as cuda:1");
  }
}
