package dev.dl.core.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.fuzz.Mutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real small files, cut and changed at random by a printed seed: each is read or refused, never
 * anything else, at once.
 */
class DamagedWeightsTest {
  private static final long SEED = Long.getLong("weights.seed", 11);

  /** How many times the rounds: more for a night. */
  private static final int TIMES = Integer.getInteger("weights.times", 1);

  /** Far more than any takes, and far less than a loop without end. */
  private static final Duration MOST_TIME = Duration.ofSeconds(5);

  private static final Mutator DAMAGE = new Mutator(List.of());

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types.safetensors",
        "pytorch/module-legacy.pt",
        "pytorch/mixed.pt",
        "onnx/all.onnx",
        "keras/weights.h5",
      })
  void refusesTruncations(String name) throws Exception {
    byte[] bytes = Files.readAllBytes(GoldenWeights.file(name));
    int step = 1 + bytes.length / 3_000;
    for (int length = 0; length < bytes.length; length += step) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(TensorFileException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "types.safetensors, 1500, 500",
    "pytorch/module.pt, 300, 100",
    "pytorch/views.pt, 300, 100",
    "pytorch/checkpoint.pt, 300, 100",
    "pytorch/module-protocol-4.pt, 300, 100",
    "pytorch/module-legacy.pt, 1500, 200",
    "onnx/all.onnx, 1500, 200",
    "keras/model.h5, 1500, 100",
    "keras/refused-external-link.h5, 500, 450",
  })
  void readsOrRefusesAnyDamage(String name, int rounds, int atLeastRefused) throws Exception {
    byte[] golden = Files.readAllBytes(GoldenWeights.file(name));
    int refused = 0;
    for (int round = 0; round < TIMES * rounds; round++) {
      byte[] bytes = DAMAGE.damaged(golden, SEED + round);
      long start = System.nanoTime();
      try {
        read(bytes);
      } catch (TensorFileException e) {
        refused++;
      } catch (Throwable e) {
        throw new AssertionError(name + ", seed " + SEED + ", round " + round, e);
      }
      assertThat(System.nanoTime() - start).isLessThan(MOST_TIME.toNanos());
    }
    assertThat(refused).isBetween(atLeastRefused, TIMES * rounds);
  }

  private void read(byte[] bytes) throws IOException {
    WeightFile.read(Files.write(folder.resolve("damaged"), bytes));
  }
}
