package dev.dl.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CpuFeaturesTest {

  @Test
  void countsPhysicalCoresAndReadsFlags() {
    List<String> hyperThreaded =
        List.of(
            "processor\t: 0",
            "vendor_id\t: GenuineIntel",
            "model name\t: Some CPU @ 2 GHz",
            "physical id\t: 0",
            "core id\t\t: 0",
            "flags\t\t: fpu avx avx2 avx512f",
            "",
            "processor\t: 1",
            "physical id\t: 0",
            "core id\t\t: 0",
            "",
            "processor\t: 2",
            "physical id\t: 1",
            "core id\t\t: 0");

    assertThat(CpuFeatures.parse(hyperThreaded))
        .isEqualTo(new CpuFeatures("GenuineIntel", "Some CPU @ 2 GHz", 2, true, true));
  }

  @Test
  void takesWholeWordsForFlags() {
    assertThat(CpuFeatures.parse(List.of("flags : avx avx512_vnni")).avx2()).isFalse();
    assertThat(CpuFeatures.parse(List.of("flags : avx avx512_vnni")).avx512()).isFalse();
  }

  @Test
  void assumesTheLeastWhereNothingTells() {
    CpuFeatures cpu = CpuFeatures.parse(List.of());

    assertThat(cpu.model()).isEqualTo("unknown");
    assertThat(cpu.avx2()).isFalse();
    assertThat(cpu.cores()).isPositive();
  }
}
