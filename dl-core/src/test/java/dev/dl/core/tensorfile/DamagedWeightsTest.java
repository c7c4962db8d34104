package dev.dl.core.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
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
    Random random = new Random(SEED);
    int refused = 0;
    for (int round = 0; round < TIMES * rounds; round++) {
      byte[] bytes = damaged(golden, random);
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

  /** Bytes changed, lengths made extreme, stretches copied over others, ends cut or repeated. */
  private static byte[] damaged(byte[] golden, Random random) {
    byte[] bytes = golden.clone();
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      int place = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - place, 1 + random.nextInt(32));
      switch (random.nextInt(6)) {
        case 0, 1 -> bytes[place] = (byte) random.nextInt();
        case 2 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
        case 3 -> {
          if (bytes.length - place >= 8) {
            long[] extremes = {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31, 1L << 40, 0};
            ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(place, extremes[random.nextInt(extremes.length)]);
          }
        }
        case 4 ->
            System.arraycopy(
                bytes, random.nextInt(bytes.length - length + 1), bytes, place, length);
        default -> bytes = Arrays.copyOf(bytes, Math.max(16, place + random.nextInt(bytes.length)));
      }
    }
    return bytes;
  }

  private void read(byte[] bytes) throws IOException {
    WeightFile.read(Files.write(folder.resolve("damaged"), bytes));
  }
}
