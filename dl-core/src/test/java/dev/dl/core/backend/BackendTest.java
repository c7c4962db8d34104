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
    assertThat(Backend.decide(BackendChoice.AUTO, List.of(BAD)))
        .isEqualTo(Backend.cpu("no NVIDIA driver found"));
  }

  @Test
  void autoTakesADeviceThatComputesCorrectly() {
    Backend backend = Backend.decide(BackendChoice.AUTO, List.of(GOOD));

    assertThat(backend.name()).isEqualTo("cuda");
    assertThat(backend.gpus()).containsExactly(DEVICE);
    assertThat(backend).hasToString("cuda:1 NVIDIA RTX A4000, 16117 MiB, compute capability 8.6");
  }

  @Test
  void cudaAskedForInVainNamesReasonAndRemedy() {
    assertThatThrownBy(() -> Backend.decide(new BackendChoice("cuda:1"), List.of(BAD)))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("backend cuda:1: no NVIDIA driver found; get one");
  }

  @Test
  void aChoiceMayNameDevices() {
    assertThat(new BackendChoice("cuda:12").devices()).containsExactly(12);
    assertThat(new BackendChoice("cuda:2,0").devices()).containsExactly(2, 0);
    assertThat(new BackendChoice("cpu:0,1").devices()).containsExactly(0, 1);
    assertThat(BackendChoice.CUDA.devices()).isEmpty();
  }

  @Test
  void severalDevicesAreAllThereOrNone() {
    CudaDevice zero = new CudaDevice(0, "NVIDIA RTX A4000", 16117, 8, 6);
    CudaFindings first =
        new CudaFindings("535.104.05", "12.2", List.of(zero, DEVICE), 0, "8.3.2", null);
    Backend both = Backend.decide(new BackendChoice("cuda:0,1"), List.of(first, GOOD));

    assertThat(both.gpus()).containsExactly(zero, DEVICE);
    assertThat(both.workers()).isEqualTo(2);
    assertThat(both.worker(1)).startsWith("cuda:1 NVIDIA RTX A4000");
    assertThatThrownBy(() -> Backend.decide(new BackendChoice("cuda:0,1"), List.of(first, BAD)))
        .hasMessage("backend cuda:0,1: no NVIDIA driver found; get one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:0,", "cpu:0", "CUDA", ""})
  void refusesOtherChoices(String name) {
    assertThatThrownBy(() -> new BackendChoice(name))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "one of auto, cpu, cuda, a device such as cuda:1, or several such as");
  }

  @Test
  void refusesADeviceTwice() {
    assertThatThrownBy(() -> new BackendChoice("cuda:1,01"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("each device once");
  }
}
