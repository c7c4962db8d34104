package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageDataTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("text.txt"), "abcdefghi\n".repeat(10));
  }

  @Test
  void everyTokenButTheFirstIsToldOnce() throws IOException {
    Files.writeString(folder.resolve("text.txt"), "abcdefghijklmnopq");
    Samples train = open("validationFraction=0").train();

    assertThat(train.size()).isEqualTo(2);
    assertThat(text(train.batch(new int[] {0}).inputs())).isEqualTo("abcdefgh");
    assertThat(text(train.batch(new int[] {0}).targets())).isEqualTo("bcdefghi");
    assertThat(text(train.batch(new int[] {1}).inputs())).isEqualTo("ijklmnop");
    assertThat(text(train.batch(new int[] {1}).targets())).isEqualTo("jklmnopq");
  }

  @Test
  void theEndOfTheTextIsHeldOut() throws IOException {
    Files.writeString(
        folder.resolve("text.txt"), "abcdefghi\n".repeat(9) + "zyxwvutsr\n" + "zyxwvutsr\n");
    DataSplits data = open("validationFraction=0.18");

    assertThat(data.train().size()).isEqualTo((9 * 10 - 1) / 8);
    Samples held = data.find(Split.VALIDATION).orElseThrow();
    assertThat(held.size()).isEqualTo((2 * 10 - 1) / 8);
    assertThat(held.batch(new int[] {0}).inputs()).startsWith(1, 1, 1);
    assertThat(data.classNames()).hasSize(2 + 10);
  }

  @Test
  void theVeryEndIsForTestingIfThatIsAskedFor() throws IOException {
    Files.writeString(
        folder.resolve("text.txt"), "abcdefghi\n".repeat(8) + "ihgfedcba\n" + "cbacbacba\n");
    DataSplits data = open("testFraction=0.1", "validationFraction=0.11");

    assertThat(data.samples().values())
        .extracting(Samples::size)
        .containsExactly((8 * 10 - 1) / 8, 1, 1);
    assertThat(data.samples().values())
        .extracting(samples -> decoded(data, samples.batch(new int[] {0}).inputs()))
        .containsExactly("abcdefgh", "ihgfedcb", "cbacbacb");
  }

  @Test
  void aFolderOfTextsIsOneTextWithEmptyLinesBetween() throws IOException {
    Path texts = Files.createDirectory(folder.resolve("texts"));
    Files.writeString(texts.resolve("b.txt"), "ijklmnop");
    Files.writeString(texts.resolve("a.txt"), "abcdef");
    DataSplits data = open("train=texts", "validationFraction=0");

    assertThat(decoded(data, data.train().batch(new int[] {0}).targets())).isEqualTo("bcdef\n\ni");
  }

  @Test
  void blocksBeginElsewhereInEachEpochAndMissNothing() throws IOException {
    String whole = "abcdefghijklmnopqrstuvwxyz".substring(0, 17);
    Files.writeString(folder.resolve("text.txt"), whole);
    DataSplits data = open("validationFraction=0");
    Set<String> begun = new HashSet<>();
    for (int epoch = 1; epoch <= 20; epoch++) {
      Batch batch = data.train().trainingBatch(new int[] {0, 1}, 3, epoch, 0);
      String inputs = decoded(data, batch.inputs());
      String targets = decoded(data, batch.targets());
      begun.add(inputs.substring(0, 1));

      // The seventeenth letter is followed by the second, as it stands where the first did.
      String twice = whole.substring(1) + whole.substring(1);
      assertThat(twice).contains(targets);
      assertThat(inputs.substring(1)).isEqualTo(targets.substring(0, 15));
      assertThat(batch)
          .usingRecursiveComparison()
          .isEqualTo(data.train().trainingBatch(new int[] {0, 1}, 3, epoch, 0));
    }
    assertThat(begun).hasSizeGreaterThan(5);
  }

  @Test
  void tokensThatDoNotFitIntoMemoryAreTheSame() throws IOException {
    DataSpec spec =
        Specs.data("language", "train=text.txt", "text.length=8", "validationFraction=0");
    List<String> fingerprints = new ArrayList<>();
    for (long budget : new long[] {1 << 20, 64}) {
      DatasetCatalog catalog =
          DatasetCatalog.of(List.of(new LanguageSource(budget)), folder.resolve("unused"));
      fingerprints.add(DataSplits.open(spec, folder, catalog).fingerprint());
    }
    assertThat(fingerprints.get(1)).isEqualTo(fingerprints.get(0));
  }

  @Test
  void refusesTextThatIsShorterThanABlock() {
    assertThatThrownBy(() -> open("text.length=1000"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("data.text.length: got 1000 for the");
  }

  @Test
  void refusesWhatIsNotTextWithItsPlace() throws IOException {
    Files.write(folder.resolve("text.txt"), new byte[] {'a', '\n', (byte) 0xE9, 'b', '\n'});
    assertThatThrownBy(() -> open())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("text.txt:2");
  }

  private DataSplits open(String... settings) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("train=text.txt", "text={length: 8, tokenizer: {kind: character}}"));
    all.addAll(List.of(settings));
    return DataSplits.open(Specs.data("language", all.toArray(String[]::new)), folder);
  }

  private static String decoded(DataSplits data, float[] ids) {
    int[] tokens = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      tokens[i] = (int) ids[i];
    }
    return ((TextPreprocessing) data.preprocessing()).tokenizer().decode(tokens);
  }

  /** Ids of letters in the order in which they first occur, which is that of their ids. */
  private static String text(float[] ids) {
    StringBuilder text = new StringBuilder();
    for (float id : ids) {
      text.append(LETTERS.charAt((int) id - 2));
    }
    return text.toString();
  }

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
}
