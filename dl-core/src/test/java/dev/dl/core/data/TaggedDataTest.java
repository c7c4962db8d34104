package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaggedDataTest {
  private static final String ALL_WORDS = "text.tokenizer={minimumCount: 1, lowerCase: false}";

  @TempDir Path folder;

  @Test
  void fillsSentencesUpAndGivesPaddingNoTag() throws IOException {
    write("train.txt", "Ann B-PER\ncame O\n\nshe O\nsaw O\nNew B-LOC\nYork I-LOC\n");
    DataSplits data = open("validationFraction=0", ALL_WORDS);

    assertThat(data.classNames()).containsExactly("B-LOC", "B-PER", "I-LOC", "O");
    Batch batch = data.train().batch(new int[] {0, 1});
    int length = batch.inputs().length / 2;
    assertThat(batch.targets()).hasSize(2 * length);
    assertThat(Arrays.copyOf(batch.targets(), 4)).containsExactly(1, 3, -1, -1);
    assertThat(Arrays.copyOfRange(batch.targets(), length, length + 4)).containsExactly(3, 3, 0, 2);
    assertThat(batch.inputs()[2]).as("padding").isZero();
    for (int i = 0; i < batch.targets().length; i++) {
      assertThat(batch.targets()[i] < 0).isEqualTo(batch.inputs()[i] == 0);
    }
    assertThat(data.train().target(1)).containsExactly(3, 3, 0, 2);
    assertThat(data.train().name(1)).endsWith("train.txt:4");
  }

  @Test
  void doesNotCutTokensAnyFurther() throws IOException {
    write("train.txt", "U.N. B-ORG\nwell-known O\n\nU.N. B-ORG\n- O\n");
    DataSplits data = open("validationFraction=0", "text.tokenizer={minimumCount: 1}");
    TagPreprocessing preprocessing = (TagPreprocessing) data.preprocessing();

    assertThat(preprocessing.tokenizer().size()).as("with padding and unknown").isEqualTo(2 + 3);
    assertThat(preprocessing.tokenizer().encodeWords(List.of("U.N.", "u.n.", "new")))
        .containsExactly(2, 2, 1);
  }

  @Test
  void takesLongSentencesInPartsSoThatEveryTokenCounts() throws IOException {
    write("train.txt", "a O\nb B-X\n".repeat(9));
    DataSplits data = open("validationFraction=0", "text.length=8", ALL_WORDS);

    assertThat(data.train().size()).isEqualTo(3);
    assertThat(data.train().target(2)).containsExactly(1, 0);
    assertThat(data.notices())
        .contains(
            "train: sentences of more than 8 tokens were taken in parts; see data.text.length");
    List<Preprocessing.Item> items = new ArrayList<>();
    data.preprocessing().read(folder.resolve("train.txt"), items::add);
    assertThat(items).extracting(item -> item.values().length).containsExactly(8, 8, 2);
    assertThat(items.get(2).where()).endsWith("train.txt:1");
  }

  @Test
  void holdsOutSentencesAndLearnsWordsFromTheRest() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append("word").append(i).append(i % 2 == 0 ? " O\n" : " B-X\n").append("the O\n\n");
    }
    write("train.txt", text.toString());
    DataSplits data = open("validationFraction=0.25", ALL_WORDS);

    assertThat(data.train().size()).isEqualTo(15);
    assertThat(data.find(Split.VALIDATION).orElseThrow().size()).isEqualTo(5);
    assertThat(((TagPreprocessing) data.preprocessing()).tokenizer().size()).isEqualTo(2 + 16);
  }

  @Test
  void refusesTagsThatTrainingLacksAndSentencesOfTraining() throws IOException {
    write("train.txt", "Ann B-PER\ncame O\n");
    write("test.txt", "York B-LOC\nwas O\n\nit O\n");
    assertThatThrownBy(() -> open("validationFraction=0", "test=test.txt"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("test.txt:1: found the tags [B-LOC], expected those of training: ");
    write("test.txt", "Ann B-PER\ncame O\n");
    assertThatThrownBy(() -> open("validationFraction=0", "test=test.txt"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found 1 of 1 test samples among those of train");
  }

  @Test
  void refusesBadLinesUnlessTheyAreToBeLeftOut() throws IOException {
    write(
        "train.jsonl",
        "{\"tokens\": [\"a\", \"b\"], \"tags\": [\"O\", \"B-X\"]}\n{\"tokens\": []}\n");
    assertThatThrownBy(() -> open("train=train.jsonl", "validationFraction=0"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train.jsonl:2: found no tags");
    DataSplits data = open("train=train.jsonl", "validationFraction=0", "onBadSample=skip");
    assertThat(data.train().size()).isEqualTo(1);
    assertThat(data.notices()).anyMatch(notice -> notice.contains("skipped "));
  }

  @Test
  void refusesOtherTokenizersAndOneTagAlone() throws IOException {
    write("train.txt", "a O\n");
    assertThatThrownBy(() -> open("text.tokenizer.kind=character"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.text.tokenizer.kind: got character, expected word");
    assertThatThrownBy(() -> open("validationFraction=0"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found only the tag [O]");
  }

  @Test
  void countsTagsAndFindsSentencesInTwoSplits() throws IOException {
    write("train.txt", "Ann B-PER\ncame O\n\nBob B-PER\nwent O\nhome O\n");
    write("test.txt", "Ann B-PER\ncame O\n\nit O\nrained O\n");
    Audit audit = DataCheck.of(spec("test=test.txt", "validationFraction=0"), folder);

    assertThat(audit.tables().get(0).rows())
        .containsExactly(List.of("B-PER", "2", "1"), List.of("O", "3", "3"));
    assertThat(audit.findings(FindingKind.LEAK)).hasSize(1);
    assertThat(audit.findings(FindingKind.LEAK).get(0).samples().get(0).text())
        .isEqualTo("Ann came");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private DataSplits open(String... settings) throws IOException {
    return DataSplits.open(spec(settings), folder);
  }

  private static DataSpec spec(String... settings) {
    String[] all =
        Stream.concat(Stream.of("train=train.txt"), Arrays.stream(settings)).toArray(String[]::new);
    return Specs.data("tagged-text", all);
  }
}
