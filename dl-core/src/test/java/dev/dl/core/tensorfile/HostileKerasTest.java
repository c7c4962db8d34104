package dev.dl.core.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of h5py's, changed in places that lead to others. */
class HostileKerasTest {
  private static final int ROOT_HEADER = 0x60;

  private ByteBuffer bytes;
  @TempDir private Path folder;

  @BeforeEach
  void readGolden() throws IOException {
    byte[] golden = Files.readAllBytes(GoldenWeights.file("keras/weights.h5"));
    bytes = ByteBuffer.wrap(golden).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void readsTheFileUnchanged() throws Exception {
    assertThat(WeightFile.read(written())).hasSize(11);
  }

  @Test
  void endsWhereATreeIsItsOwnChild() {
    int tree = find("TREE");
    bytes.put(tree + 5, (byte) 1).putLong(tree + 32, tree);

    assertRefused("a tree of uneven levels");
  }

  @Test
  void endsWhereATreeHasTheSameChildrenOverAndOver() {
    // Every level has 65535 children, all of them at the same place, which is what a level has.
    int tree = find("TREE");
    bytes.put(tree + 5, (byte) 100).putShort(tree + 6, (short) -1);

    assertRefused("");
  }

  @Test
  void endsWhereAHeaderGoesOnInItself() {
    int length = bytes.getInt(ROOT_HEADER + 8);
    int continuation = ROOT_HEADER + 16;
    bytes.putShort(continuation, (short) 0x10).putShort(continuation + 2, (short) 16);
    bytes.putLong(continuation + 8, continuation).putLong(continuation + 16, length);

    assertRefused("a structure that does not end");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 31, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void refusesAbsurdShapes(long size) {
    change(new long[] {3, 3, 1, 2}, place -> bytes.putLong(place, size));

    assertRefused("the shape [" + size + ", 3, 1, 2]");
  }

  @Test
  void refusesShapesOfOtherSizesThanTheNumbers() {
    change(new long[] {3, 3, 1, 2}, place -> bytes.putLong(place, 4));

    assertRefused("'conv2d/kernel:0' of 72 bytes where 96 fit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAP", "SNOD", "TREE"})
  void refusesOtherThingsThanAreAnnounced(String signature) {
    bytes.put(find(signature), (byte) 'X');

    assertRefused("'X" + signature.substring(1) + "' instead of '" + signature + "'");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -2, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40})
  void refusesPlacesOutsideOfTheFile(long place) {
    bytes.putLong(64, place);

    assertRefused("beyond the end");
  }

  private int find(String signature) {
    int place = new String(bytes.array(), StandardCharsets.ISO_8859_1).indexOf(signature);
    assertThat(place).isPositive();
    return place;
  }

  private void change(long[] numbers, Consumer<Integer> change) {
    for (int place = 0; place + 8 * numbers.length <= bytes.limit(); place++) {
      long[] found = new long[numbers.length];
      bytes.position(place);
      bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(found);
      if (Arrays.equals(found, numbers)) {
        change.accept(place);
        return;
      }
    }
    throw new IllegalStateException("no such shape");
  }

  private Path written() throws IOException {
    return Files.write(folder.resolve("weights.h5"), bytes.array());
  }

  private void assertRefused(String found) {
    assertThatThrownBy(() -> WeightFile.read(written()))
        .isInstanceOf(TensorFileException.class)
        .hasMessageContaining(found)
        .hasMessageNotContaining("\n");
  }
}
