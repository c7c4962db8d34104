package dev.dl.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NativeLibrariesTest {
  private static final CpuFeatures OLD = new CpuFeatures("", "old", 2, false, false);
  private static final CpuFeatures USUAL = new CpuFeatures("", "usual", 2, true, false);
  private static final CpuFeatures NEW = new CpuFeatures("", "new", 2, true, true);

  @Test
  void takesTheFastestBuildThatTheProcessorRuns() {
    assertThat(NativeLibraries.choose(NEW, build -> true)).isEqualTo(NativeLibraries.AVX512);
    assertThat(NativeLibraries.choose(USUAL, build -> true)).isEqualTo(NativeLibraries.AVX2);
    assertThat(NativeLibraries.choose(OLD, build -> true)).isEqualTo(NativeLibraries.GENERIC);
  }

  @Test
  void passesOverABuildThatIsNotThere() {
    assertThat(NativeLibraries.choose(NEW, build -> build != NativeLibraries.AVX512))
        .isEqualTo(NativeLibraries.AVX2);
  }

  @Test
  void refusesWhenOnlyBuildsForNewerProcessorsAreThere() {
    assertThatThrownBy(() -> NativeLibraries.choose(OLD, build -> build == NativeLibraries.AVX2))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("no build of ND4J");
  }

  @Test
  void findsTheGenericBuildOfThisPlatformOnTheClassPath() {
    assertThat(NativeLibraries.GENERIC.isPresent()).isTrue();
  }
}
