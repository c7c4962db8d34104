package dev.dl.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenBlasTest {

  @ParameterizedTest
  @CsvSource({
    "GenuineIntel, true, true, SkylakeX",
    "GenuineIntel, true, false, Haswell",
    "AuthenticAMD, true, true, Zen",
    "'', true, false, Haswell",
    "GenuineIntel, false, false, "
  })
  void takesTheKernelsThatFit(String vendor, boolean avx2, boolean avx512, String wanted) {
    CpuFeatures cpu = new CpuFeatures(vendor, "of a year to come", 2, avx2, avx512);

    assertThat(OpenBlas.coreType(cpu).orElse(null)).isEqualTo(wanted);
  }

  /** Of this processor: where OpenBLAS does not know it, it would say Prescott. */
  @Test
  void openBlasDoesAsItIsTold() {
    CpuFeatures cpu = CpuFeatures.detect();
    Backend.select(BackendChoice.CPU);

    String told = OpenBlas.coreType(cpu).orElseGet(OpenBlas::loadedCoreType);
    assertThat(OpenBlas.loadedCoreType()).isEqualToIgnoringCase(told);
  }
}
