package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextDataTest {
  private static final String CSV =
      """
      text,label
      good good tea,great
      bad,other
      "good, but
      bad bad",other
      "",great
      good coffee,great
      bad coffee,other
      good,great
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("train.csv"), CSV);
  }

  @Test
  void learnsWordsAndClassesFromTheTrainingTexts() throws IOException {
    DataSplits data = open("validationFraction=0");

    assertThat(data.classNames()).containsExactly("great", "other");
    TextPreprocessing texts = (TextPreprocessing) data.preprocessing();
    assertThat(List.of(texts.tokenizer().token(2), texts.tokenizer().token(3)))
        .containsExactly("good", "bad");
    assertThat(texts.tokenizer().size()).isEqualTo(5);
    assertThat(data.train().size()).isEqualTo(7);
    assertThat(data.notices()).containsExactly("train: 1 of 7 texts have no token");
  }

  @Test
  void neverLearnsFromTextsThatAreHeldOut() throws IOException {
    Files.writeString(folder.resolve("val.csv"), "text,label\nunseen unseen unseen,great\n");
    DataSplits data = open("validation=val.csv");

    Batch batch = data.find(Split.VALIDATION).orElseThrow().batch(new int[] {0});
    assertThat(batch.inputs()).startsWith(1, 1, 1, 0);
  }

  @Test
  void fillsTheTextsOfABatchUpToItsLongest() throws IOException {
    DataSplits data = open("validationFraction=0", "text.length=32");

    Batch batch = data.train().batch(new int[] {1, 2});
    assertThat(batch.inputs()).hasSize(2 * 8);
    assertThat(Arrays.copyOf(batch.inputs(), 8)).containsExactly(3, 0, 0, 0, 0, 0, 0, 0);
    assertThat(Arrays.copyOfRange(batch.inputs(), 8, 16)).containsExactly(2, 1, 1, 3, 3, 0, 0, 0);
    assertThat(batch.targets()).containsExactly(1, 1);
  }

  @Test
  void tellsHowManyTextsWereCut() throws IOException {
    Files.writeString(folder.resolve("train.csv"), CSV + "good ".repeat(20) + ",great\n");
    DataSplits data = open("validationFraction=0", "text.length=8");

    assertThat(data.notices())
        .contains("train: 1 of 8 texts were cut to 8 tokens; see data.text.length");
    assertThat(data.train().batch(new int[] {7}).inputs()).containsOnly(2);
  }

  @Test
  void holdsOutTheSameShareOfEachClass() throws IOException {
    DataSplits data = open("validationFraction=0.34");

    assertThat(data.train().size()).isEqualTo(5);
    Samples held = data.find(Split.VALIDATION).orElseThrow();
    assertThat(new float[] {held.target(0)[0], held.target(1)[0]}).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void aRunPreparesTextsAsTrainingDid() throws IOException {
    DataSplits data = open("validationFraction=0");
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.write(run.resolve("p.json"), JsonFile.bytes(data.preprocessing()));
    for (var file : data.preprocessing().files().entrySet()) {
      Files.write(run.resolve(file.getKey()), file.getValue());
    }
    Preprocessing read = JsonFile.read(run.resolve("p.json"), Preprocessing.class).completed(run);

    List<Preprocessing.Item> items = new ArrayList<>();
    read.read(folder.resolve("train.csv"), items::add);
    assertThat(items).hasSize(7);
    assertThat(items.get(2).where()).endsWith("train.csv:4");
    assertThat(items.get(2).values()).containsExactly(2, 1, 1, 3, 3);
    assertThat(DataSplits.open(spec("validationFraction=0"), folder, read).fingerprint())
        .isEqualTo(data.fingerprint());
  }

  @Test
  void readsAFolderOfTextsForEachClass() throws IOException {
    for (String file : List.of("neg/1.txt", "neg/2.txt", "pos/1.txt", "pos/notes.md")) {
      Files.createDirectories(folder.resolve("reviews").resolve(file).getParent());
      Files.writeString(folder.resolve("reviews").resolve(file), "good bad\ntwice good bad");
    }
    DataSplits data = open("train=reviews", "validationFraction=0");

    assertThat(data.classNames()).containsExactly("neg", "pos");
    assertThat(data.train().size()).isEqualTo(3);
    assertThat(data.notices()).singleElement().asString().contains("notes.md: does not end in");
  }

  @Test
  void severalLabelsAndNumbersAreTargetsToo() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "text,tags,stars\na,x|y,1\nb,,3\nc,y,5\n");
    Samples tags = open("target={column: tags, kind: labels}", "validationFraction=0").train();
    assertThat(tags.batch(new int[] {0, 1, 2}).targets()).containsExactly(1, 1, 0, 0, 0, 1);

    Samples stars = open("target={column: stars, kind: quantity}", "validationFraction=0").train();
    assertThat(stars.target(1)[0]).isZero();
    assertThat(stars.target(2)[0]).isPositive();
  }

  @Test
  void readsPairsOfTwoColumnsWithASeparatorBetween() throws IOException {
    Files.writeString(
        folder.resolve("train.csv"),
        "premise,hypothesis,label\ngood tea,good,great\ntea,bad,other\n");
    DataSplits data =
        open(
            "text.column=premise",
            "text.secondColumn=hypothesis",
            "text.tokenizer.minimumCount=1",
            "validationFraction=0");

    TextPreprocessing pairs = (TextPreprocessing) data.preprocessing();
    assertThat(pairs.tokenTypes()).isEqualTo(2);
    int size = pairs.tokenizer().size();
    assertThat(pairs.tokenizer().token(2)).isEqualTo("<separator>");
    float[] inputs = data.train().batch(new int[] {0, 1}).inputs();
    // good tea <separator> good; tea <separator> bad
    assertThat(inputs)
        .containsExactly(3, 4, 2, 3 + size, 0, 0, 0, 0, 4, 2, 5 + size, 0, 0, 0, 0, 0);
    assertThat(pairs.ids(3 + size, 4)).containsExactly(3, 4);
    List<Preprocessing.Item> items = new ArrayList<>();
    Files.writeString(
        folder.resolve("new.jsonl"), "{\"hypothesis\": \"tea\", \"premise\": \"bad\"}\n");
    pairs.read(folder.resolve("new.jsonl"), items::add);
    assertThat(items.get(0).values()).containsExactly(5, 2, 4 + size);
    Path text = Files.writeString(folder.resolve("new.txt"), "bad");
    assertThatThrownBy(() -> pairs.read(text, items::add))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected rows with the columns premise and hypothesis");
  }

  @Test
  void readsTextsThatAreComparedEachByItself() throws IOException {
    Files.writeString(
        folder.resolve("train.csv"), "text,other,score\na a b,b,0.5\nb,a b a b,-1\na,b,1\n");
    String[] settings = {
      "text={secondColumn: other, tokenizer: {minimumCount: 1}, length: 8}",
      "target={kind: similarity, column: score}",
      "validationFraction=0"
    };
    DataSplits data = open(settings);

    TextPreprocessing pairs = (TextPreprocessing) data.preprocessing();
    assertThat(pairs.tokenTypes()).isEqualTo(1);
    assertThat(pairs.tokenizer().pairForm()).isEmpty();
    Batch batch = data.train().batch(new int[] {0, 1});
    assertThat(batch.inputCount()).isEqualTo(4);
    assertThat(batch.inputs()).hasSize(4 * 8).startsWith(3, 3, 2, 0, 0, 0, 0, 0, 2, 0);
    assertThat(batch.targets()).containsExactly(0.5f, -1);
    assertThat(batch.part(1, 2).inputs())
        .containsExactly(2, 0, 0, 0, 0, 0, 0, 0, 3, 2, 3, 2, 0, 0, 0, 0);
    List<Preprocessing.Item> items = new ArrayList<>();
    pairs.read(folder.resolve("train.csv"), items::add);
    assertThat(items.get(0).inputs()).isEqualTo(2);
    assertThat(items.get(0).values()).containsExactly(3, 3, 2, 2, 0, 0);
    pairs.ofSingleTexts().read(folder.resolve("train.csv"), items::add);
    assertThat(items.get(3).values()).containsExactly(3, 3, 2);

    settings[1] = "target.kind=match";
    assertThat(open(settings).train().batch(new int[] {1}).targets()).containsExactly(1);
    assertThatThrownBy(() -> open("target.kind=match", "validationFraction=0"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.text.secondColumn: got nothing");
  }

  @Test
  void tellsHowManyPairsWereCut() throws IOException {
    Files.writeString(
        folder.resolve("train.csv"),
        "text,other,label\n" + "a ".repeat(9) + ",b b,x\n,b,y\na,b,x\nb,a,y\n");
    DataSplits data =
        open(
            "text={secondColumn: other, length: 8, truncation: {strategy: only-second, side: left}}",
            "validationFraction=0");

    assertThat(data.notices())
        .containsExactly(
            "train: 1 of 4 pairs were cut to 8 tokens; see data.text.length",
            "train: 1 of 4 pairs have a text without a token");
  }

  @Test
  void refusesPairsThatCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("words.json"), "{\"kind\": \"WORD\", \"tokens\": [\"a\"]}");
    assertThatThrownBy(
            () ->
                open(
                    "text.secondColumn=label",
                    "text.tokenizer={kind: file, file: words.json}",
                    "validationFraction=0"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.text.secondColumn")
        .hasMessageContaining("no token between texts");
    assertThatThrownBy(() -> open("text.secondColumn=text"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected another column than the first");
    assertThatThrownBy(() -> open("text.truncation.strategy=only-first"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.text.secondColumn too");
  }

  @Test
  void namesWhatIsWrongWithItsPlace() throws IOException {
    assertThatThrownBy(() -> open("train=nowhere.csv"))
        .isInstanceOf(DataMissingException.class)
        .hasMessageContaining("nowhere.csv: no such file");
    assertThatThrownBy(() -> DataSplits.open(Specs.data("text"), folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("data.train: got nothing");
    assertThatThrownBy(() -> open("text.column=review", "validationFraction=0"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train.csv: found columns text, label, expected a column 'review'");
    Files.writeString(folder.resolve("test.csv"), "text,label\ngood,great\nfine,unheard\n");
    assertThatThrownBy(() -> open("test=test.csv", "validationFraction=0"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("test.csv:3")
        .hasMessageContaining("unheard");
    Files.writeString(folder.resolve("ragged.csv"), "text,label\na,b,c\nd\n");
    assertThatThrownBy(() -> open("train=ragged.csv"))
        .isInstanceOfSatisfying(DataException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  private DataSplits open(String... settings) throws IOException {
    return DataSplits.open(spec(settings), folder);
  }

  private static DataSpec spec(String... settings) {
    List<String> all = new ArrayList<>(List.of("train=train.csv"));
    all.addAll(List.of(settings));
    return Specs.data("text", all.toArray(String[]::new));
  }
}
