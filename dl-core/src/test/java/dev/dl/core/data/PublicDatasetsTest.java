package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.dl.core.archive.Archives;
import dev.dl.core.data.problem.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files made up in the form that each dataset has upstream, fetched from this machine. */
class PublicDatasetsTest {
  private static final long MEMORY = 1 << 20;

  @TempDir Path folder;
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void readsCifar10() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int batch = 1; batch <= 5; batch++) {
      files.put("bin/data_batch_" + batch + ".bin", cifar(new int[] {batch % 2}, new int[] {1}));
    }
    files.put("bin/test_batch.bin", cifar(new int[] {1}));
    files.put("bin/batches.meta.txt", text("airplane\nautomobile\n\n"));
    DataSplits data = open(CifarFiles.of10(MEMORY), archive("c.tar.gz", files, "bin"));

    assertThat(data.classNames()).containsExactly("airplane", "automobile");
    assertThat(targets(data.train())).containsExactly(1, 1, 0, 1, 1, 1, 0, 1, 1, 1);
    assertThat(targets(data.find(Split.TEST).orElseThrow())).containsExactly(1);
    assertPicture(data.train());
  }

  @Test
  void readsTheFineLabelsOfCifar100() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("bin/train.bin", cifar(new int[] {1, 0}, new int[] {0, 2}));
    files.put("bin/test.bin", cifar(new int[] {0, 1}));
    files.put("bin/coarse_label_names.txt", text("fish\nflowers\n"));
    files.put("bin/fine_label_names.txt", text("apple\nbaby\nbear\n"));
    DataSplits data = open(CifarFiles.of100(MEMORY), archive("c.tar.gz", files, "bin"));

    assertThat(data.classNames()).containsExactly("apple", "baby", "bear");
    assertThat(targets(data.train())).containsExactly(0, 2);
    assertPicture(data.train());
  }

  @Test
  void refusesCifarRecordsThatAreCutOrOfNoClass() throws IOException {
    Files.writeString(folder.resolve("fine_label_names.txt"), "apple\n");
    Files.write(folder.resolve("test.bin"), cifar(new int[] {0, 0}));
    Files.write(folder.resolve("train.bin"), cifar(new int[] {0, 0}, new int[] {0, 1}));
    CifarFiles files = CifarFiles.of100(MEMORY);

    assertThatThrownBy(() -> files.open(folder, Specs.data("x"), folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train.bin: record 2: found label 1, expected labels from 0 to 0");
    Files.write(folder.resolve("train.bin"), new byte[3073]);
    assertThatThrownBy(() -> files.open(folder, Specs.data("x"), folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train.bin: found 3073 bytes, expected records of 3074");
  }

  @Test
  void readsTheReviewsOfBothClassesAndNoOthers() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("aclImdb/README", text("about"));
    files.put("aclImdb/train/pos/0_9.txt", text("a good film"));
    files.put("aclImdb/train/pos/1_8.txt", text("a good good film"));
    files.put("aclImdb/train/neg/0_2.txt", text("a bad film"));
    files.put("aclImdb/train/unsup/0_0.txt", text("a film"));
    files.put("aclImdb/test/pos/0_10.txt", text("good"));
    files.put("aclImdb/test/neg/0_1.txt", text("bad"));
    DataSplits data =
        open(
            new ReviewFolders(MEMORY),
            archive("aclImdb_v1.tar.gz", files, "aclImdb"),
            "text.tokenizer.minimumCount=1");

    assertThat(data.classNames()).containsExactly("neg", "pos");
    assertThat(targets(data.train())).containsExactly(0, 1, 1);
    assertThat(targets(data.find(Split.TEST).orElseThrow())).containsExactly(0, 1);
  }

  @Test
  void readsTheNewsWithoutALineOfNames() throws IOException {
    RemoteFile test = file("test.csv", text("\"1\",\"Talks\",\"They met.\"\n"));
    RemoteFile train =
        file(
            "train.csv",
            text(
                "\"3\",\"Wall St. Bears\",\"Short-sellers, \\\"\"again\\\"\".\"\n"
                    + "\"4\",\"Comets\",\"A comet.\"\n\"1\",\"Talks\",\"They meet.\"\n"
                    + "\"2\",\"A goal\",\"It rolled.\"\n"));
    DataSplits data =
        open(new NewsFiles(MEMORY), List.of(test, train), "text.tokenizer.minimumCount=1");

    assertThat(data.classNames())
        .containsExactlyInAnyOrder("World", "Sports", "Business", "Sci/Tech");
    assertThat(data.train().size()).isEqualTo(4);
    assertThat(data.classNames().get((int) data.train().target(0)[0])).isEqualTo("Business");
    TextSamples texts = (TextSamples) data.find(Split.TEST).orElseThrow();
    assertThat(data.classNames().get((int) texts.target(0)[0])).isEqualTo("World");
    assertThat(texts.tokens(0)).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void namesTheRowOfANewsClassThatThereIsNot() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "1,a,b\n5,a,b\n");
    Files.writeString(folder.resolve("test.csv"), "1,a,b\n");
    SourceData data = new NewsFiles(MEMORY).open(folder, Specs.data("x"), folder);

    assertThatThrownBy(() -> data.prepare(Specs.data("x"), Optional.empty()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train.csv:2:1: found class 5, expected a class from 1 to 4");
  }

  @Test
  void readsAPlay() throws IOException {
    RemoteFile file = file("input.txt", text("First Citizen:\nBefore we proceed\n".repeat(30)));
    DataSplits data =
        open(
            new PlainTexts(Map.of(Split.TRAIN, "input.txt"), MEMORY),
            List.of(file),
            "validationFraction=0.1",
            "text.length=8",
            "text.tokenizer.kind=character");

    assertThat(data.train().size()).isGreaterThan(100);
    assertThat(data.find(Split.VALIDATION)).isPresent();
  }

  @Test
  void readsTheThreeTextsOfWikitext() throws IOException {
    byte[] zip =
        Archives.zip(
            Map.of(
                "raw/wiki.train.raw", " = Title = \n A long enough article . \n".repeat(9),
                "raw/wiki.valid.raw", " another article of ten and more words than that \n",
                "raw/wiki.test.raw", " a third article of ten and more words than that \n"));
    Map<Split, String> names =
        Map.of(
            Split.TRAIN, "wiki.train.raw",
            Split.VALIDATION, "wiki.valid.raw",
            Split.TEST, "wiki.test.raw");
    DataSplits data =
        open(
            new PlainTexts(names, MEMORY),
            List.of(archive("w.zip", zip, "raw")),
            "text.length=8",
            "text.tokenizer.minimumCount=1");

    assertThat(data.samples()).containsOnlyKeys(Split.values());
  }

  @Test
  void readsMnistAsFetched() throws IOException {
    List<RemoteFile> files =
        List.of(
            gzipped("train-labels-idx1-ubyte.gz", IdxFixture.labels(3, 9)),
            gzipped("train-images-idx3-ubyte.gz", IdxFixture.images(2)));
    DataSplits data = open(new IdxFiles(PublicDatasets.DIGITS), files);

    assertThat(targets(data.train())).containsExactly(3, 9);
    assertThat(data.classNames()).containsExactlyElementsOf(PublicDatasets.DIGITS);
  }

  @Test
  void findsTheFolderOfAnArchiveThatTheUserUnpacked() throws IOException {
    RemoteFile archive = RemoteFile.archive("w.zip", List.of(), 1, "", "raw");
    Path unpacked = Files.createDirectories(folder.resolve("mine/raw"));
    Files.writeString(unpacked.resolve("input.txt"), "a text of ten and more words, of these");
    DatasetCatalog catalog =
        catalog(new PlainTexts(Map.of(Split.TRAIN, "input.txt"), MEMORY), List.of(archive));

    for (String path : List.of("mine", "mine/raw")) {
      DataSpec spec =
          Specs.data(
              "made-up",
              "path=" + path,
              "validationFraction=0",
              "text.length=8",
              "text.tokenizer.kind=character");
      assertThat(DataSplits.open(spec, folder, catalog).train().size()).isPositive();
    }
  }

  private DataSplits open(DatasetFiles files, RemoteFile archive, String... settings)
      throws IOException {
    return open(files, List.of(archive), settings);
  }

  private DataSplits open(DatasetFiles files, List<RemoteFile> download, String... settings)
      throws IOException {
    DatasetCatalog catalog = catalog(files, download);
    assertThat(catalog.place("made-up")).isEmpty();
    assertThat(catalog.download("made-up", false, (name, bytes, total) -> {})).isTrue();
    assertThat(catalog.download("made-up", false, (name, bytes, total) -> {})).isFalse();
    assertThat(catalog.place("made-up")).isPresent();
    List<String> all = new ArrayList<>(List.of("validationFraction=0"));
    all.addAll(List.of(settings));
    return DataSplits.open(Specs.data("made-up", all.toArray(String[]::new)), folder, catalog);
  }

  private DatasetCatalog catalog(DatasetFiles files, List<RemoteFile> download) {
    DatasetInfo info =
        new DatasetInfo(
            "made-up", DatasetTask.IMAGES, "", "", 1, List.of(), DatasetOrigin.of(download));
    return DatasetCatalog.of(List.of(new PublicDataset(info, files)), folder.resolve("downloads"));
  }

  private RemoteFile file(String name, byte[] content) {
    return serve(name, content, content, "");
  }

  private RemoteFile gzipped(String name, byte[] content) {
    return serve(name, IdxFixture.gzip(content), content, "");
  }

  private RemoteFile archive(String name, Map<String, byte[]> files, String content)
      throws IOException {
    return archive(name, Archives.tar(files), content);
  }

  private RemoteFile archive(String name, byte[] archive, String content) {
    return serve(name, archive, archive, content);
  }

  private RemoteFile serve(String name, byte[] sent, byte[] digested, String content) {
    server.createContext(
        "/" + name,
        exchange -> {
          exchange.sendResponseHeaders(200, sent.length);
          exchange.getResponseBody().write(sent);
          exchange.close();
        });
    String host = server.getAddress().getAddress().getHostAddress();
    String root = "http://" + host + ":" + server.getAddress().getPort() + "/";
    String sha256 = HexFormat.of().formatHex(Fingerprint.sha256().digest(digested));
    return RemoteFile.archive(name, List.of(root), sent.length, sha256, content);
  }

  /** Records with these labels; every picture is 1 in red, 2 in green and 3 in blue. */
  private static byte[] cifar(int[]... records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int[] labels : records) {
      for (int label : labels) {
        bytes.write(label);
      }
      for (int i = 0; i < 3 * 1024; i++) {
        bytes.write(1 + i / 1024);
      }
    }
    return bytes.toByteArray();
  }

  private static void assertPicture(Samples samples) {
    byte[] pixels = ((ImageSamples) samples).image(0).pixels();
    assertThat(pixels).hasSize(3 * 32 * 32);
    assertThat(List.of(pixels[0], pixels[1024], pixels[3071]))
        .containsExactly((byte) 1, (byte) 2, (byte) 3);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Integer> targets(Samples samples) {
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      targets.add((int) samples.target(i)[0]);
    }
    return targets;
  }
}
