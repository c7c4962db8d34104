package dev.dl.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.metric.TagMetrics.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked out by hand after the rules of seqeval and of CoNLL's script. */
class TagMetricsTest {
  private static final Offset<Double> CLOSE = within(1e-12);
  private static final List<String> TAGS =
      List.of("B-LOC", "B-MISC", "B-PER", "I-LOC", "I-MISC", "I-PER", "O");

  /**
   * The example of seqeval's documentation: of two entities each, one is the same, the other begins
   * a token too early. Eight of ten tokens are right.
   */
  @Test
  void countsAnEntityOnlyIfBothItsEndsAreRight() {
    Map<String, Double> found =
        measure(
            "O O O B-MISC I-MISC I-MISC O", "O O B-MISC I-MISC I-MISC I-MISC O",
            "B-PER I-PER O", "B-PER I-PER O");

    assertThat(found.get("f1")).isCloseTo(0.5, CLOSE);
    assertThat(found.get("precision")).isCloseTo(0.5, CLOSE);
    assertThat(found.get("recall")).isCloseTo(0.5, CLOSE);
    assertThat(found.get("accuracy")).isCloseTo(0.8, CLOSE);
  }

  /**
   * Three entities are wanted and two told, of which one is right: the type of the other is wrong.
   */
  @Test
  void countsWhatIsMissingAgainstRecallAndWhatIsWrongAgainstBoth() {
    Map<String, Double> found = measure("B-PER B-LOC I-LOC O B-PER", "B-PER B-MISC I-MISC O O");

    assertThat(found.get("precision")).isCloseTo(1 / 2.0, CLOSE);
    assertThat(found.get("recall")).isCloseTo(1 / 3.0, CLOSE);
    assertThat(found.get("f1")).isCloseTo(2 / 5.0, CLOSE);
    assertThat(found.get("accuracy")).isCloseTo(2 / 5.0, CLOSE);
  }

  @Test
  void nothingWantedAndNothingToldIsZero() {
    assertThat(measure("O O", "O O")).containsEntry("f1", 0.0).containsEntry("accuracy", 1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "B-PER B-PER,           'PER 0 1, PER 1 2'",
    "I-PER I-PER O,         PER 0 2",
    "O I-LOC,               LOC 1 2",
    "B-PER I-LOC I-LOC,     'PER 0 1, LOC 1 3'",
    "B-PER O I-PER,         'PER 0 1, PER 2 3'",
    "S-PER I-PER,           'PER 0 1, PER 1 2'",
    "B-PER I-PER E-PER B-PER E-PER, 'PER 0 3, PER 3 5'",
    "E-PER E-PER,           'PER 0 1, PER 1 2'",
    "O O,                   ''"
  })
  void findsEntitiesAsSeqeval(String tags, String expected) {
    List<String> found = new ArrayList<>();
    for (Entity entity : TagMetrics.entities(List.of(tags.split(" ")))) {
      found.add(entity.type() + " " + entity.start() + " " + entity.end());
    }
    assertThat(String.join(", ", found)).isEqualTo(expected);
  }

  @Test
  void leavesPaddingOutAndGivesTheLossInNats() {
    TagMetrics metrics = new TagMetrics(List.of("NOUN", "VERB"));
    float[] logits = {2, 0, 0, 1, 9, 9, 0, 0, 5, 5, 5, 5};
    metrics.add(logits, new float[] {0, 0, -1, 1, -1, -1}, new int[] {0, 1});

    Map<String, Double> found = metrics.result().metrics();
    assertThat(metrics.result().samples()).isEqualTo(2);
    assertThat(found).containsOnlyKeys("accuracy", "loss");
    assertThat(found.get("accuracy")).isCloseTo(1 / 3.0, CLOSE);
    double loss = Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(1)) + Math.log(2);
    assertThat(found.get("loss")).isCloseTo(loss / 3, CLOSE);
  }

  @Test
  void knowsTagsOfEntities() {
    assertThat(TagMetrics.markEntities(TAGS)).isTrue();
    assertThat(TagMetrics.markEntities(List.of("O", "S-PER", "E-PER"))).isTrue();
    assertThat(TagMetrics.markEntities(List.of("NOUN", "O"))).isFalse();
    assertThat(TagMetrics.markEntities(List.of("B-", "O"))).isFalse();
  }

  /** Sentences in turn: their tags, and what a network says of them. */
  private static Map<String, Double> measure(String... labelsAndAnswers) {
    TagMetrics metrics = new TagMetrics(TAGS);
    for (int i = 0; i < labelsAndAnswers.length; i += 2) {
      String[] labels = labelsAndAnswers[i].split(" ", -1);
      String[] answers = labelsAndAnswers[i + 1].split(" ", -1);
      float[] targets = new float[labels.length];
      float[] logits = new float[labels.length * TAGS.size()];
      for (int t = 0; t < labels.length; t++) {
        targets[t] = TAGS.indexOf(labels[t]);
        logits[t * TAGS.size() + TAGS.indexOf(answers[t])] = 3;
      }
      metrics.add(logits, targets, new int[] {i});
    }
    return metrics.result().metrics();
  }
}
