package dev.dl.core.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CudaSetupTest {

  @Test
  void oneDeviceRemainsOfThoseThatTheUserLeft() {
    assertThat(CudaSetup.only(Map.of(), 1)).isEqualTo("1");
    assertThat(CudaSetup.only(Map.of("CUDA_VISIBLE_DEVICES", "3, 2"), 1)).isEqualTo("2");
    assertThat(CudaSetup.only(Map.of("CUDA_VISIBLE_DEVICES", "GPU-6b,GPU-1a"), 0))
        .isEqualTo("GPU-6b");
  }
}
