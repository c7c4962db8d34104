package dev.dl.core.kernel.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.process.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits do not depend on how wide vectors are, or whether there are any. */
final class VectorUpdateKernelsTest {

  private static String arrays() throws Exception {
    try (Parallel parallel = Parallel.of(2)) {
      return UpdateDigest.of(new JavaUpdateKernels(parallel));
    }
  }

  private static String[] digest(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-Xmx256m"));
    all.addAll(List.of(options));
    ChildProcess.End end =
        new ChildProcess(all, List.of(UpdateDigest.class.getName())).run(Duration.ofMinutes(2));
    assertThat(end.exitCode()).as(end.err()).isZero();
    List<String> lines = end.out().lines().toList();
    return lines.get(lines.size() - 1).split(" ");
  }

  @Test
  void theVectorApiGivesTheBitsOfArrays() throws Exception {
    assertThat(VectorApi.present()).isTrue();
    try (Parallel parallel = Parallel.of(2)) {
      assertThat(UpdateDigest.of(new VectorUpdateKernels(parallel))).isEqualTo(arrays());
    }
  }

  /** Processors without the width take the widest that they have. */
  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void soDoVectorsOfAnyWidth(int bytes) throws Exception {
    String[] found = digest("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes);
    assertThat(Integer.parseInt(found[0])).isBetween(64, 8 * bytes);
    assertThat(found[1]).isEqualTo(arrays());
  }

  @Test
  void withoutTheModuleArraysAreTaken() throws Exception {
    assertThat(digest()).containsExactly("0", arrays());
  }
}
