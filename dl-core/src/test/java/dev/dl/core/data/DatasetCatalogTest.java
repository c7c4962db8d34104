package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DatasetCatalogTest {
  private static final Path HOME = Path.of("home");

  @Test
  void listsEverySource() {
    assertThat(DatasetCatalog.standard().datasets())
        .extracting(DatasetInfo::name)
        .containsExactly(
            "fashion-mnist-10k",
            "fashion-mnist",
            "idx",
            "image-folder",
            "text",
            "language",
            "table");
  }

  @Test
  void keepsDownloadsWhereTheUserSays() {
    assertThat(DatasetCatalog.standard(Map.of("DL_DATA", "there"), HOME).downloads())
        .isEqualTo(Path.of("there"));
    assertThat(DatasetCatalog.standard(Map.of(), HOME).downloads())
        .isEqualTo(Path.of("home/.cache/dl/data"));
  }

  @Test
  void fetchesOnlyWhatCanBeFetched() {
    assertThatThrownBy(
            () -> DatasetCatalog.standard().download("idx", HOME, (name, bytes, total) -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessage("dataset: got idx, expected one that can be fetched: fashion-mnist");
  }

  /** Golden: sha256sum of what tools/MakeFashionMnist10k.java makes, decompressed. */
  @Test
  void shipsTheBuiltInDatasetAsMade() throws IOException {
    assertThat(sha256("train-images-idx3-ubyte.gz"))
        .isEqualTo("d33512cfdc636a0d8972818e6659995be209a88891df7fa2109d7895922c8985");
    assertThat(sha256("train-labels-idx1-ubyte.gz"))
        .isEqualTo("620cb8e3b9348037c5ff9a07b02d773ab165330e072dfd19e0d21c59f8042dcf");
  }

  private static String sha256(String file) throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            DatasetCatalog.class.getResourceAsStream("fashion-mnist-10k/" + file))) {
      return HexFormat.of().formatHex(Fingerprint.sha256().digest(in.readAllBytes()));
    }
  }
}
