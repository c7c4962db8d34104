package dev.dl.training.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairnessTest {
  @TempDir private Path folder;
  private TestRuns runs;

  @BeforeEach
  void begin() throws IOException {
    runs = new TestRuns(folder).add("mlp", 0.5, 0.6);
  }

  private List<String> lines() throws IOException {
    return Comparison.of(runs.all(), ComparisonChoice.USUAL).unfair().stream()
        .map(each -> each.line().replace(folder + "/", ""))
        .toList();
  }

  @Test
  void otherModelsOptimizersAndRatesAreFair() throws IOException {
    runs.add("fm", 0.4, 0.5)
        .add(0.5, "completed", "data", "optimizer.learningRate=0.5", "training.batchSize=7")
        .add(0.5, "completed", "data", "name=other", "training.maximumDuration=1h", "seed=9");

    assertThat(lines()).isEmpty();
  }

  /** The same data at another place is the same data. */
  @Test
  void whereTheSameDataLiesDoesNotMatter() throws IOException {
    runs.add(0.5, "completed", "data", "seed=3", "data.path=elsewhere", "data.splitSeed=8");

    assertThat(lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.splitSeed=7           | others | splits: data.splitSeed: 0 in run-1 and 1 more, 7 in run-3",
        "data.validationFraction=.2 | others | splits: data.validationFraction: 0.1 in run-1 and 1 more, 0.2 in run-3",
        "data.source=wine           | others | data: data.source: iris in run-1 and 1 more, wine in run-3",
        "seed=3                     | others | data: SHA-256: data in run-1 and 1 more, others in run-3",
        "training.epochs=9          | data   | budget: training.epochs: 3 in run-1 and 1 more, 9 in run-3",
        "data.image.size=8          | data   | preprocessing: data.image: ",
        "training.earlyStopping={patience: 3} | data   | budget: training.earlyStopping: null in run-1 and 1 more, {",
        "model.pretrained=a.onnx    | data   | budget: weights to begin with: fresh in run-1 and 1 more, pretrained",
        "evaluation.horizontalFlip=true | data | evaluation: evaluation.horizontalFlip: false in run-1",
      })
  void namesWhatIsNotTheSame(String override, String fingerprint, String line) throws IOException {
    runs.add(0.5, "completed", fingerprint, override);

    assertThat(lines()).singleElement().asString().startsWith(line);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"diverged, diverged", "time-limit, time-limit", "none, not finished"})
  void namesRunsThatHaveNotEnded(String status, String told) throws IOException {
    runs.add(0, status, "data", "seed=3");

    assertThat(lines()).containsExactly("unfinished: status: " + told + " in run-3");
  }

  @Test
  void countsOnceWhatWasTrainedTwice() throws IOException {
    runs.add(0.9, "completed", "data", "seed=2");

    assertThat(lines())
        .containsExactly("repeated: trial, counted once: seed 2 in run-2 and 1 more");
    assertThat(Comparison.of(runs.all(), ComparisonChoice.USUAL).candidates().get(0).runs())
        .extracting(Candidate.Result::value)
        .containsExactly(0.5, 0.6);
  }

  @Test
  void refusesWithALineForEachUnfairness() throws IOException {
    runs.add(0.5, "completed", "others", "data.splitSeed=7", "training.epochs=9");
    Comparison comparison = Comparison.of(runs.all(), ComparisonChoice.USUAL);

    assertThatThrownBy(comparison::requireFair)
        .isInstanceOf(DataException.class)
        .message()
        .hasLineCount(2)
        .contains("not fair to compare: splits: data.splitSeed", "budget: training.epochs");
  }

  /** Equal time, say, is another number of steps for each. */
  @Test
  void lengthsMayDifferWhereAStudyStatesTheBudget() throws IOException {
    runs.add(0.5, "completed", "data", "training.maximumSteps=7", "training.epochs=9");
    Terms terms = new Terms("1m of training each", "none");

    Comparison stated = Comparison.of(runs.all(), new ComparisonChoice(null, null, terms));

    assertThat(stated.unfair()).isEmpty();
    assertThat(stated.notes()).contains("Budget: 1m of training each.", "Tuning: none.");
  }
}
