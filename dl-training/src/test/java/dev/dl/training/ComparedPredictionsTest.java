package dev.dl.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.run.RunFiles;
import dev.dl.training.comparison.Candidate;
import dev.dl.training.comparison.Candidate.Costs;
import dev.dl.training.comparison.Candidate.Result;
import dev.dl.training.comparison.Candidate.Spread;
import dev.dl.training.comparison.ComparedRun;
import dev.dl.training.report.Calibration;
import dev.dl.training.report.Disagreements.Answer;
import dev.dl.training.report.Disagreements.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedPredictionsTest {
  private static final List<String> NAMES = List.of("cat", "dog");

  @TempDir private Path folder;
  private final Map<String, ComparedRun> runs = new HashMap<>();

  /** Four samples, two of each class; both runs of a candidate, then one of the other. */
  private ComparedPredictions read() throws IOException {
    Candidate first = candidate("first", "a1", "a2");
    Candidate second = candidate("second", "b1");
    run("a1", "0,0,0,0.9,0.9", "1,0,1,0.6,0.4", "2,1,1,0.8,0.8", "3,1,1,0.7,0.7");
    run("a2", "0,0,0,0.8,0.8", "1,0,0,0.7,0.7", "2,1,1,0.9,0.9", "3,1,0,0.5,0.5");
    run("b1", "0,0,1,0.9,0.1", "1,0,0,0.6,0.6", "2,1,1,0.8,0.8", "3,1,-1,NaN,NaN");
    return ComparedPredictions.read(
        List.of(first, second, candidate("unknown", "c1")), runs, "test", 2);
  }

  @Test
  void tellsTheShareOfEachClassThatIsRecognized() throws IOException {
    assertThat(read().accuracies("test", NAMES).samples()).containsExactly(2L, 2L);
    assertThat(read().accuracies("test", NAMES).candidates())
        .extracting(row -> row.accuracy())
        .containsExactly(List.of(0.75, 0.75), List.of(0.5, 0.5));
  }

  /**
   * By hand, in bins of fifteenths. The first: 0.5 (wrong) in bin 7; 0.6 (wrong) in bin 9; 0.7, 0.7
   * (right) in bin 10; 0.8, 0.8 (right) in bin 12; 0.9, 0.9 (right) in bin 13. So the error is (0.5
   * + 0.6 + (2 - 1.4) + (2 - 1.6) + (2 - 1.8)) / 8. The second: 0.6 right, 0.8 right, 0.9 wrong,
   * and one without a probability: (0.4 + 0.2 + 0.9) / 3.
   */
  @Test
  void measuresHowFarProbabilitiesCanBeBelieved() throws IOException {
    List<Calibration> calibrations = read().calibrations();

    assertThat(calibrations).extracting(Calibration::candidate).containsExactly("first", "second");
    assertThat(calibrations.get(0).error()).isCloseTo(2.3 / 8, within(1e-6));
    assertThat(calibrations.get(0).probability()).isCloseTo(5.9 / 8, within(1e-6));
    assertThat(calibrations.get(0).accuracy()).isEqualTo(0.75);
    assertThat(calibrations.get(1).error()).isCloseTo(1.5 / 3, within(1e-6));
    assertThat(calibrations.get(0).bins()).hasSize(15);
  }

  @Test
  void findsTheSamplesThatCandidatesDisagreeOnMost() throws IOException {
    ComparedPredictions said = read();

    // Ranges: 0.85 - 0.1, 0.6 - 0.55, 0.85 - 0.8, 0.6 - 0.
    assertThat(said.widest(2)).containsExactly(0, 3);
    assertThat(said.widest(10)).hasSize(4).startsWith(0, 3);
    List<Answer> answers = said.answers(List.of(3), NAMES).get(0);
    assertThat(answers.get(0).labelProbability()).isCloseTo(0.6, within(1e-6));
    assertThat(answers.get(0).told())
        .containsExactlyInAnyOrder(new Told("dog", 1), new Told("cat", 1));
    assertThat(answers.get(1).told()).containsExactly(new Told("nothing", 1));
    assertThat(said.label(3)).isEqualTo(1);
  }

  @Test
  void passesOverWhatCannotBe() throws IOException {
    Candidate candidate = candidate("hostile", "h");
    run("h", "2147483647,0,0,1.0,1.0", "-1,1,1,1.0,1.0", "0,7,0,1.0,1.0", "1,-1,0,1.0,1.0");
    ComparedPredictions said =
        ComparedPredictions.read(List.of(candidate, candidate), runs, "test", 2);

    assertThat(said.widest(5)).isEmpty();
    assertThat(said.accuracies("test", NAMES).candidates().get(0).accuracy())
        .containsExactly(1.0, 1.0);
  }

  private static Candidate candidate(String name, String... runs) {
    return new Candidate(
        name,
        Map.of(),
        Stream.of(runs).map(run -> new Result(run, 1, 0.5)).toList(),
        new Spread(0.5, null, null, null),
        Map.of(),
        new Costs(1, null, 1, null, 1),
        null,
        "");
  }

  private void run(String name, String... lines) throws IOException {
    RunFiles files = new RunFiles(folder.resolve(name));
    Files.createDirectories(files.predictions("test").getParent());
    Files.writeString(
        files.predictions("test"),
        "sample,label,predicted,probability,labelProbability\n" + String.join("\n", lines) + "\n");
    runs.put(name, new ComparedRun(Path.of(name), files, null, null, null));
  }
}
