package dev.dl.core.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaBinariesTest {

  @ParameterizedTest
  @CsvSource({
    "3, 5, false",
    "3, 7, true",
    "5, 0, true",
    "6, 2, true",
    "7, 2, true",
    "8, 0, true",
    "8, 6, true",
    "8, 9, true",
    "9, 0, false",
    "10, 0, false",
    "12, 0, false"
  })
  void runOnTheirOwnAndLaterDevicesOfTheSameGeneration(int major, int minor, boolean run) {
    assertThat(CudaBinaries.runOn(new CudaDevice(0, "GPU", 1, major, minor))).isEqualTo(run);
  }

  @Test
  void versionsAreWrittenAsPeopleDo() {
    assertThat(CudaBinaries.version(11060)).isEqualTo("11.6");
    assertThat(CudaBinaries.version(13000)).isEqualTo("13.0");
  }
}
