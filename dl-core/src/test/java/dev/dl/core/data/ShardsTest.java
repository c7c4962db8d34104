package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shards by Python's tarfile and Pillow, made by {@code tools/golden/tar.py}. */
class ShardsTest {
  @TempDir Path folder;

  @BeforeEach
  void copyShards() throws IOException {
    for (String name : List.of("shard-00.tar", "shard-01.tar")) {
      try (InputStream in = ShardsTest.class.getResourceAsStream("tar/" + name)) {
        Files.write(folder.resolve(name), in.readAllBytes());
      }
    }
  }

  @Test
  void readsPicturesAndLabelsByTheirKeys() throws IOException {
    DataSplits data = open("train=shard-{00..01}.tar");

    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.train().size()).isEqualTo(12);
    assertThat(Specs.images(data).shape()).isEqualTo(new ImageShape(3, 8, 8));
    for (int i = 0; i < 12; i++) {
      assertThat(data.train().target(i)).containsExactly(i % 3 == 0 ? 0 : 1);
      assertThat(((ImageSamples) data.train()).image(i).pixels()[0] & 0xff)
          .isBetween(10 * i - 2, 10 * i + 2);
    }
  }

  @Test
  void takesOneShardAFolderOfThemOrAPattern() throws IOException {
    assertThat(open("train=shard-01.tar").train().size()).isEqualTo(6);
    assertThat(open("train=.").fingerprint())
        .isEqualTo(open("train=shard-{00..01}.tar").fingerprint());
    assertThatThrownBy(() -> open("train=shard-{00..04}.tar"))
        .isInstanceOf(DataMissingException.class)
        .hasMessageContaining("shard-02.tar: no such file; 3 of 5 shards are missing");
    assertThatThrownBy(() -> open("train=shard-{4..0}.tar")).hasMessageContaining("ascends");
    assertThat(ShardNames.expanded("{00..01}{0..0}/../shard-{00..01}.tar", folder)).hasSize(4);
  }

  @Test
  void takesSeveralLabelsOrANumberFromJson() throws IOException {
    DataSplits tags = open("train=shard-01.tar", "target.kind=labels", "target.column=tags");
    assertThat(tags.classNames()).containsExactly("old", "wet");
    assertThat(tags.train().target(0)).containsExactly(0, 0);
    assertThat(tags.train().target(1)).containsExactly(0, 1);
    assertThat(tags.train().target(2)).containsExactly(1, 1);

    DataSplits weights = open("train=shard-01.tar", "target.kind=quantity", "target.column=weight");
    assertThat(weights.train().target(5)[0]).isGreaterThan(weights.train().target(0)[0]);
  }

  @Test
  void computesTheSameWhereverDecodedPicturesAreKept() throws IOException {
    List<DataSplits> all = new ArrayList<>();
    for (String cache : List.of("cache.disk=false", "cache.memoryMegabytes=0")) {
      for (String disk : List.of("cache.disk=false", "cache.disk=true")) {
        all.add(open("train=.", "image.size=6", cache, disk));
      }
    }
    float[] expected = firstBatch(all.get(0));
    for (DataSplits data : all) {
      assertThat(firstBatch(data)).containsExactly(expected);
      assertThat(data.fingerprint()).isEqualTo(all.get(0).fingerprint());
      assertThat(data.preprocessing()).isEqualTo(all.get(0).preprocessing());
    }
    assertThat(all.get(0).notices()).isEmpty();
    assertThat(all.get(2).notices()).singleElement().asString().contains("whenever it is used");
    assertThat(all.get(3).notices()).singleElement().asString().contains("temporary file in");
  }

  @Test
  void readsOnThoughAThreadWasInterrupted() throws Exception {
    Samples train = open("train=.", "cache.memoryMegabytes=0").train();
    int[] batch = {3, 9};
    float[] expected = train.batch(batch).inputs();
    List<float[]> read = new ArrayList<>();
    Thread interrupted =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              read.add(train.batch(batch).inputs());
            });
    interrupted.start();
    interrupted.join();

    assertThat(read).hasSize(1);
    assertThat(read.get(0)).containsExactly(expected);
    assertThat(train.batch(batch).inputs()).containsExactly(expected);
  }

  @Test
  void namesEverySampleThatIsIncomplete() throws IOException {
    byte[] png = TestPictures.png(0x123456, 4, 4);
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a.png", png);
    members.put("a.cls", bytes("0"));
    members.put("b.png", png);
    members.put("c.cls", bytes("1"));
    members.put("d.png", png);
    members.put("d.jpg", png);
    members.put("d.cls", bytes("1"));
    members.put("e.png", png);
    members.put("e.json", bytes("{\"label\": "));
    members.put("f.png", png);
    members.put("f.json", bytes("[1]"));
    members.put("g.png->", new byte[0]);
    members.put("README", bytes("of no sample"));
    members.put("h.png", png);
    members.put("h.json", bytes("{\"label\": 1}"));
    TarFiles.write(folder.resolve("odd.tar"), members);

    assertThatThrownBy(() -> open("train=odd.tar"))
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(5)
                    .anyMatch(line -> line.contains("odd.tar: b: found no b.cls or b.json"))
                    .anyMatch(line -> line.contains("odd.tar: c: found no picture"))
                    .anyMatch(line -> line.contains("d: found two pictures, d.png and d.jpg"))
                    .anyMatch(line -> line.contains("e: found damaged JSON"))
                    .anyMatch(line -> line.contains("f: found JSON that is no object")));
    DataSplits skipped = open("train=odd.tar", "onBadSample=skip");
    assertThat(skipped.classNames()).containsExactly("0", "1");
    assertThat(skipped.train().size()).isEqualTo(2);
    assertThat(skipped.notices())
        .hasSize(6)
        .anyMatch(line -> line.endsWith("g.png: not a file but a link"));
  }

  @Test
  void namesDamagedPicturesByTheirPlace() throws IOException {
    byte[] png = TestPictures.png(0x123456, 4, 4);
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a.png", png);
    members.put("a.cls", bytes("x"));
    members.put("b.png", bytes("<html>"));
    members.put("b.cls", bytes("y"));
    members.put("c.png", Arrays.copyOf(png, 45));
    members.put("c.cls", bytes("y"));
    TarFiles.write(folder.resolve("bad.tar"), members);

    assertThatThrownBy(() -> open("train=bad.tar"))
        .isInstanceOfSatisfying(DataException.class, e -> assertThat(e.problems()).hasSize(2))
        .hasMessageContaining("bad.tar: picture at byte 2560: found another kind of content");
  }

  @Test
  void saysWhereAShardIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("shard-00.tar"));
    Files.write(folder.resolve("shard-00.tar"), Arrays.copyOf(whole, 5000));

    assertThatThrownBy(() -> open("train=."))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("shard-00.tar: byte ");
  }

  @Test
  void tellsKeysFromEndings() {
    assertThat(ShardSample.key("./a.b/0001.seg.png")).isEqualTo("./a.b/0001");
    assertThat(ShardSample.ending("./a.b/0001.seg.png")).isEqualTo("seg.png");
    assertThat(ShardSample.ending("a/.hidden.png")).isEmpty();
    assertThat(ShardSample.ending("a/README")).isEmpty();
    assertThat(ShardSample.isPicture("seg.png")).isFalse();
    assertThat(ShardSample.isPicture("JPG")).isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static float[] firstBatch(DataSplits data) {
    try (Prefetcher batches = new Batches(data.train(), 5).shuffled(7, 1, 0)) {
      return batches.next().inputs();
    }
  }

  private DataSplits open(String... settings) throws IOException {
    String[] all = new String[settings.length + 1];
    all[0] = "validationFraction=0";
    System.arraycopy(settings, 0, all, 1, settings.length);
    return DataSplits.open(Specs.data("images", all), folder);
  }
}
