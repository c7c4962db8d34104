package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetCatalogTest {
  private static final Path HOME = Path.of("home");

  @TempDir Path folder;

  @Test
  void listsEverySource() {
    assertThat(DatasetCatalog.standard().datasets())
        .extracting(DatasetInfo::name)
        .containsExactly(
            "fashion-mnist-10k",
            "digits",
            "iris",
            "breast-cancer",
            "pride-and-prejudice",
            "fashion-mnist",
            "mnist",
            "cifar10",
            "cifar100",
            "imdb",
            "ag-news",
            "tiny-shakespeare",
            "wikitext-2",
            "minilm-l6-v2",
            "idx",
            "image-folder",
            "images",
            "image-masks",
            "text",
            "tagged-text",
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
            () -> DatasetCatalog.standard().download("idx", false, (name, bytes, total) -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "dataset: got idx, expected one that can be fetched: fashion-mnist,");
  }

  @Test
  void namesOnlyHttpsAddressesAndVerifiesEveryFile() {
    List<RemoteFile> files =
        DatasetCatalog.standard().datasets().stream()
            .flatMap(dataset -> dataset.origin().download().stream())
            .toList();

    assertThat(files).hasSize(17);
    assertThat(files)
        .allSatisfy(
            file -> {
              assertThat(file.sha256()).matches("[0-9a-f]{64}");
              assertThat(file.bytes()).isPositive();
              assertThat(file.addresses())
                  .isNotEmpty()
                  .allMatch(address -> address.getScheme().equals("https"))
                  .allMatch(address -> address.getPath().endsWith("/" + file.name()));
            });
  }

  @Test
  void refusesWhatCannotBeVerifiedUnlessItIsAccepted() {
    RemoteFile file = RemoteFile.of("input.txt", List.of("http://localhost:1/"), 10, "");
    DatasetInfo info =
        new DatasetInfo(
            "new", DatasetTask.LANGUAGE, "", "", 1, List.of(), DatasetOrigin.of(List.of(file)));
    DatasetFiles files = new PlainTexts(Map.of(Split.TRAIN, "input.txt"), 0);
    DatasetCatalog catalog =
        DatasetCatalog.of(List.of(new PublicDataset(info, files)), folder.resolve("downloads"));

    assertThatThrownBy(() -> catalog.download("new", false, (name, bytes, total) -> {}))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("new, of which not every SHA-256 is known")
        .hasMessageContaining("--accept-unverified");
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> catalog.download("new", true, (name, bytes, total) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void saysWhereAPublicDatasetIs() throws IOException {
    DatasetCatalog catalog = DatasetCatalog.standard(Map.of("DL_DATA", folder.toString()), HOME);
    assertThat(catalog.place("tiny-shakespeare")).isEmpty();

    Path place = Files.createDirectories(folder.resolve("tiny-shakespeare"));
    Files.writeString(place.resolve("input.txt"), "First Citizen:");
    assertThat(catalog.place("tiny-shakespeare")).contains(place);
    assertThat(catalog.place("iris")).isEmpty();
  }

  @Test
  void saysWherePublishedWeightsAre() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    DatasetCatalog catalog =
        DatasetCatalog.standard(Map.of("DL_DATA", folder.resolve("data").toString()), home);
    assertThat(catalog.weights("weights.safetensors")).isEmpty();
    assertThat(catalog.weights("iris")).isEmpty();
    assertThatThrownBy(() -> catalog.weights("minilm-l6-v2"))
        .isInstanceOf(DataMissingException.class)
        .hasMessageStartingWith("minilm-l6-v2: not in " + home)
        .hasMessageEndingWith("; fetch it with './dl data get minilm-l6-v2'");

    Path fetched = Files.createDirectories(folder.resolve("data/minilm-l6-v2"));
    Files.writeString(fetched.resolve("tokenizer.json"), "{}");
    assertThat(catalog.place("minilm-l6-v2")).as("without weights").isEmpty();
    Files.writeString(fetched.resolve("model.safetensors"), "");
    assertThat(catalog.place("minilm-l6-v2")).contains(fetched);
    assertThat(catalog.weights("minilm-l6-v2")).contains(fetched.resolve("model.safetensors"));
    assertThat(catalog.tokenizer("minilm-l6-v2")).contains(fetched.resolve("tokenizer.json"));

    Path cached =
        Files.createDirectories(
            home.resolve(
                ".cache/huggingface/hub/models--sentence-transformers--all-MiniLM-L6-v2/snapshots"
                    + "/1110a243fdf4706b3f48f1d95db1a4f5529b4d41"));
    Files.writeString(cached.resolve("tokenizer.json"), "{}");
    Files.writeString(cached.resolve("model.safetensors"), "");
    assertThat(catalog.place("minilm-l6-v2")).contains(cached);
  }

  @Test
  void refusesWeightsAsData() {
    DatasetCatalog catalog = DatasetCatalog.standard(Map.of(), folder);
    assertThatThrownBy(() -> catalog.source("minilm-l6-v2").open(null, folder, folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("name the weights in model.pretrained");
  }

  /** Golden: sha256sum of what the scripts in tools make, decompressed. */
  @ParameterizedTest
  @CsvSource({
    "fashion-mnist-10k/train-images-idx3-ubyte.gz,"
        + " d33512cfdc636a0d8972818e6659995be209a88891df7fa2109d7895922c8985",
    "fashion-mnist-10k/train-labels-idx1-ubyte.gz,"
        + " 620cb8e3b9348037c5ff9a07b02d773ab165330e072dfd19e0d21c59f8042dcf",
    "digits/train-images-idx3-ubyte.gz,"
        + " d224a90b51e21e5d1332d34effc46c3a7d6244906f07c292c24213770d11ca7b",
    "digits/train-labels-idx1-ubyte.gz,"
        + " ce71631c1f31ce56fa54f31d1d498fafacff59b001e6c30c4a5e29508aa277ad",
    "iris/iris.csv.gz, e2e59531f2c1e97d2b1c7c20fe969d19a3c92c231c3e34176a40d92f45541167",
    "breast-cancer/cells.csv.gz, 6f3eff0e0f37b736b8f6002c7b5651ec364298daf594bbfeb82a4b53294bbd99",
    "pride-and-prejudice/book.txt.gz,"
        + " dfc684d4f857fa938268f9ab9c5567b64bd0691251eca959644adeabe6287a4d"
  })
  void shipsTheBuiltInDatasetsAsMade(String file, String sha256) throws IOException {
    try (InputStream in = new GZIPInputStream(DatasetCatalog.class.getResourceAsStream(file))) {
      assertThat(HexFormat.of().formatHex(Fingerprint.sha256().digest(in.readAllBytes())))
          .isEqualTo(sha256);
    }
  }
}
