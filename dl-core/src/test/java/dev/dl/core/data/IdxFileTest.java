package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.problem.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IdxFileTest {
  private static final byte[] LABELS = IdxFixture.labels(3, 1, 255);

  @Test
  void readsPlainAndGzippedFilesAlike() throws IOException {
    assertThat(read(LABELS, 1).values()).containsExactly(3, 1, -1);
    assertThat(read(IdxFixture.gzip(LABELS), 1).values()).containsExactly(3, 1, -1);
  }

  @Test
  void cutsImagesApart() throws IOException {
    IdxFile images = read(IdxFixture.images(2), 3);

    assertThat(images.dimensions()).containsExactly(2, 2, 3);
    assertThat(images.slices()).containsExactly(new byte[6], new byte[] {10, 10, 10, 10, 10, 10});
  }

  @Test
  void namesTheFileAndTheMagicNumberItShouldHave() {
    assertThatThrownBy(() -> read(LABELS, 3))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the file: found the first bytes 00000801, expected 00000803 (IDX, 3 dimensions)");
  }

  @Test
  void refusesFilesThatEndEarlyOrLate() {
    assertThatThrownBy(() -> read(Arrays.copyOf(LABELS, 10), 1))
        .isInstanceOf(DataException.class)
        .hasMessage("the file: found 2 values, expected 3 = 3");
    assertThatThrownBy(() -> read(Arrays.copyOf(LABELS, 12), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more than 3 values");
    assertThatThrownBy(() -> read(new byte[0], 1)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> read(Arrays.copyOf(LABELS, 6), 1)).isInstanceOf(DataException.class);
  }

  @Test
  void refusesDamagedGzip() {
    byte[] gzipped = IdxFixture.gzip(IdxFixture.images(50));

    assertThatThrownBy(() -> read(Arrays.copyOf(gzipped, gzipped.length - 12), 3))
        .isInstanceOf(DataException.class);
    gzipped[gzipped.length / 2] ^= 0x10;
    assertThatThrownBy(() -> read(gzipped, 3)).isInstanceOf(DataException.class);
  }

  @Test
  void refusesAnnouncedSizesThatCannotBe() {
    int[] huge = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};

    assertThatThrownBy(() -> read(IdxFixture.idx(0x803, huge), 3))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> read(IdxFixture.idx(0x803, new int[] {60_000, 1000, 1000}), 3))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("60000000000 bytes announced");
    assertThatThrownBy(() -> read(IdxFixture.idx(0x801, new int[] {-1}), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("4294967295");
  }

  private static IdxFile read(byte[] content, int dimensions) throws IOException {
    return IdxFile.read(new ByteArrayInputStream(content), "the file", dimensions);
  }
}
