package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.cli.process.DlProcess.Result;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.training.evaluation.PredictionFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real runs compared, from their directories alone. */
@EnabledOnOs(OS.LINUX)
class CompareTest {
  private static final String CONFIG =
      """
      name: flowers
      backend: cpu
      data: {source: iris, testFraction: 0.4}
      model: {layers: [{dense: 8}, relu]}
      training: {epochs: 2, batchSize: 10, preflight: false}
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws Exception {
    Files.createDirectory(folder.resolve("runs"));
    Files.writeString(folder.resolve("flowers.yaml"), CONFIG);
    for (String name : new String[] {"deep", "flat"}) {
      String layers = name.equals("deep") ? "[{dense: 8}, relu]" : "[{dense: 1}]";
      for (int seed = 1; seed <= 2; seed++) {
        train(
            "runs/" + name + "-" + seed, "seed=" + seed, "name=" + name, "model.layers=" + layers);
      }
    }
    train("other", "data.splitSeed=5");
  }

  private static void train(String run, String... overrides) throws Exception {
    String[] words = new String[overrides.length + 5];
    System.arraycopy(
        new String[] {"train", "flowers.yaml", "--quiet", "--run", run}, 0, words, 0, 5);
    System.arraycopy(overrides, 0, words, 5, overrides.length);
    DlProcess.run(folder, words).requireExitCode(0);
  }

  @Test
  void recordsWhatComparisonsNeed() throws Exception {
    RunFiles files = RunFiles.of(folder.resolve("runs/deep-1"));
    Summary summary = files.readSummary();

    assertThat(summary.multiplyAdds()).isEqualTo(4 * 8 + 8 * 3);
    assertThat(summary.peakMemoryBytes()).isGreaterThan(50_000_000);
    AtomicInteger right = new AtomicInteger();
    PredictionFile.read(files.predictions("test"), each -> right.addAndGet(each.correct() ? 1 : 0));
    assertThat(right.get() / 60.0).isEqualTo(summary.test().get("accuracy"));
  }

  @Test
  void comparesTheRunsOfAFolder() throws Exception {
    Result result =
        DlProcess.run(
            folder,
            "compare",
            "runs",
            "--json",
            "comparison.json",
            "--csv",
            "comparison.csv",
            "--html",
            "comparison.html");

    result.requireExitCode(0);
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith("test.accuracy, more is better; differences from deep in points\n")
        .containsPattern("(?m)^deep +2 +[0-9.]+% .* baseline")
        .containsPattern("(?m)^deep +67 +56 +")
        .contains("\ndeep is the baseline: ")
        .doesNotContain("NOT FAIR");
    assertThat(result.out().lines().limit(9)).allMatch(line -> line.length() <= 80);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("comparison.json").toFile());
    assertThat(json.at("/candidates")).hasSize(2);
    assertThat(json.at("/unfair")).isEmpty();
    assertThat(Files.readAllLines(folder.resolve("comparison.csv")))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("flat,test.accuracy,2,"));
    assertThat(folder.resolve("comparison.html")).content().contains("</html>");
  }

  @Test
  void refusesOtherSplitsAndNamesThem() throws Exception {
    Result result = DlProcess.run(folder, "compare", "runs/deep-1", "other", "--csv", "no.csv");

    result.requireExitCode(65);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "dl: not fair to compare: splits: data.splitSeed: 0 in runs/deep-1, 5 in other\n");
    assertThat(folder.resolve("no.csv")).doesNotExist();
  }

  @Test
  void marksWhatItIsForcedToCompare() throws Exception {
    String mark = "splits: data.splitSeed: 0 in runs/deep-1, 5 in other";
    Result result =
        DlProcess.run(
            folder,
            "compare",
            "runs/deep-1",
            "other",
            "--force",
            "--json",
            "forced.json",
            "--csv",
            "forced.csv");

    result.requireExitCode(0);
    assertThat(result.out()).startsWith("NOT FAIR: " + mark + "\n");
    assertThat(folder.resolve("forced.json")).content().contains(mark);
    assertThat(Files.readAllLines(folder.resolve("forced.csv")))
        .filteredOn(each -> each.contains(mark))
        .hasSize(2);
  }
}
