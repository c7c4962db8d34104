package dev.dl.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.cli.QuietDl;
import dev.dl.cli.process.SmallData;
import dev.dl.training.comparison.Candidate;
import dev.dl.training.comparison.Candidate.Costs;
import dev.dl.training.comparison.Candidate.Result;
import dev.dl.training.comparison.Candidate.Spread;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.comparison.Unfairness;
import dev.dl.training.report.Calibration;
import dev.dl.training.report.ClassAccuracies;
import dev.dl.training.report.ComparisonReport;
import dev.dl.training.report.Disagreements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a run and that of a comparison, of four small trainings, as files. */
class ReportPagesTest {
  private static final String HOSTILE = "</script><img src=x onerror=document.title=1>";

  @TempDir private static Path folder;
  private static Browser browser;
  private static Path comparison;

  @BeforeAll
  static void trainAndCompare() throws Exception {
    browser = Browser.start(folder);
    SmallData.idx(folder.resolve("data"), 90, 90);
    Files.writeString(
        folder.resolve("trial.yaml"),
        """
        name: trial
        backend: cpu
        data: {source: idx, path: '%s'}
        model: {name: mlp}
        training: {epochs: 3, batchSize: 20, preflight: false}
        """
            .formatted(folder.resolve("data")));
    List<String> runs = new ArrayList<>();
    for (String model : List.of("mlp", "lenet5")) {
      for (String seed : List.of("1", "2")) {
        Path run = folder.resolve(model + "-" + seed);
        train("model.name=" + model, "seed=" + seed, "--run", run.toString());
        runs.add(run.toString());
      }
    }
    comparison = folder.resolve("comparison.html");
    List<String> words = new ArrayList<>(List.of("compare", "--html", comparison.toString()));
    words.addAll(runs);
    assertThat(QuietDl.run(words.toArray(String[]::new))).isZero();
  }

  private static void train(String... words) {
    List<String> all = new ArrayList<>(List.of("train", folder.resolve("trial.yaml").toString()));
    all.addAll(List.of(words));
    all.add("--quiet");
    assertThat(QuietDl.run(all.toArray(String[]::new))).isZero();
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    browser.open(comparison.toUri().toString());
  }

  @Test
  void comparesCandidatesAndSortsThem() {
    assertThat(browser.texts("h2"))
        .containsExactly(
            "Leaderboard",
            "Curves",
            "What it costs",
            "Classes",
            "Where they disagree",
            "Calibration",
            "What differs in their specs",
            "Runs and where they come from");
    assertThat(browser.texts("#leaderboard tbody tr")).hasSize(2);
    browser.click("#leaderboard th:nth-child(7) button");
    assertThat(browser.texts("#leaderboard td:first-child"))
        .first()
        .asString()
        .startsWith("lenet5");
    browser.click("#leaderboard th:nth-child(7) button");
    assertThat(browser.texts("#leaderboard td:first-child")).first().asString().startsWith("mlp");
    assertThat(browser.texts("#settings tbody td:first-child")).containsExactly("model.name");
    assertThat(browser.texts("#runs tbody td:first-child"))
        .hasSize(4 + browser.texts("#runs .same td:first-child").size());
    browser.requireQuiet();
  }

  @Test
  void drawsBandsFrontsAndCalibrations() {
    assertThat(browser.texts("#curves h3")).containsExactly("Validation accuracy", "Train loss");
    assertThat(browser.texts("#curves .chart:first-child .u-label"))
        .containsExactly("epoch", "mlp", "lenet5");
    browser.choose("#curves #metric", "validation.loss");
    assertThat(browser.texts("#curves h3")).first().isEqualTo("Validation loss");
    browser.choose("#cost", "multiplyAdds");
    assertThat(browser.texts("#pareto h3"))
        .first()
        .asString()
        .endsWith("multiply-adds of a sample");
    assertThat(browser.texts("#calibration .u-label")).contains("as claimed", "mlp", "lenet5");
    assertThat(
            browser
                .value("dl.charts.plots().every(chart => chart.plot.data[0].length > 0)")
                .asBoolean())
        .isTrue();
    browser.requireQuiet();
  }

  @Test
  void showsTheSamplesThatCandidatesDisagreeOn() {
    assertThat(browser.texts("#disagreements .note")).first().asString().doesNotContain("cannot");
    assertThat(browser.value("[...document.querySelectorAll('#disagreements img')].length").asInt())
        .isBetween(1, 24);
    assertThat(
            browser
                .value(
                    "[...document.querySelectorAll('#disagreements img')].every(img => img.naturalWidth === 12)")
                .asBoolean())
        .isTrue();
    assertThat(browser.texts("#disagreements figure:first-child .answers li")).hasSize(2);
    browser.requireQuiet();
  }

  @Test
  void isReadWithTheKeyboard() {
    browser.value("document.querySelector('#curves .chart').focus()");
    browser.press("ArrowRight");
    browser.press("ArrowRight");
    assertThat(browser.text("#curves .u-series:first-child .u-value")).isEqualTo("2");
    browser.press("Tab");
    assertThat(browser.value("document.activeElement.innerText").asText()).isEqualTo("mlp");
    browser.press("Enter");
    assertThat(browser.value("document.activeElement.getAttribute('aria-pressed')").asText())
        .isEqualTo("false");
    assertThat(
            browser
                .value(
                    "dl.charts.plots()[0].plot.series.filter(one => one.label === 'mlp').map(one => one.show)")
                .toString())
        .isEqualTo("[false,false,false]"); // the line and both edges of its band
    browser.requireQuiet();
  }

  @Test
  void fitsAnyScreenAndPaper() throws Exception {
    Screens.take(browser, "comparison");
    browser.resize(360, 700);
    assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth").asBoolean())
        .isTrue();
    browser.resize(1200, 900);
    browser.media("print", "dark");
    assertThat(browser.isShown("#cost")).isFalse();
    assertThat(browser.value("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo("rgb(255, 255, 255)");
    browser.media("screen", "light");
    browser.requireQuiet();
  }

  @Test
  void theReportOfARunDrawsItself() throws Exception {
    browser.open(folder.resolve("lenet5-1/report.html").toUri().toString());

    assertThat(browser.texts("h2"))
        .contains("Curves", "Confusion matrix", "Classes", "Epochs", "Spec");
    assertThat(browser.texts("#curves h3")).startsWith("Loss", "Accuracy");
    assertThat(browser.texts("#epochs tbody tr")).hasSize(3);
    Screens.take(browser, "run");
    browser.requireQuiet();
  }

  @Test
  void hostileNamesAreText() throws Exception {
    Candidate candidate =
        new Candidate(
            HOSTILE,
            Map.of("model.name", HOSTILE),
            List.of(new Result(HOSTILE, 1, Double.NaN), new Result(HOSTILE, 2, 1e300)),
            new Spread(-1e300, null, null, null),
            Map.of(),
            new Costs(Long.MAX_VALUE, null, 0, -1L, Double.POSITIVE_INFINITY),
            null,
            HOSTILE);
    ComparisonReport report =
        new ComparisonReport(
            HOSTILE,
            new Comparison(
                "test." + HOSTILE,
                false,
                false,
                HOSTILE,
                List.of(candidate, candidate),
                List.of(new Unfairness("data", HOSTILE, List.of())),
                List.of(HOSTILE)),
            List.of(
                new ComparisonReport.Curve(
                    HOSTILE, List.of(Map.of("epoch", 1, "train." + HOSTILE, 1), Map.of()))),
            new ClassAccuracies(
                "test",
                List.of(HOSTILE),
                List.of(0L),
                List.of(new ClassAccuracies.Row(HOSTILE, List.of(Double.NaN)))),
            new Disagreements(
                "test",
                HOSTILE,
                List.of(new Disagreements.Sample(1, HOSTILE, null, HOSTILE, List.of()))),
            List.of(new Calibration(HOSTILE, Double.NaN, Double.NaN, Double.NaN, List.of())),
            List.of(
                new ComparisonReport.RunFacts(HOSTILE, null, 1, null, Map.of("status", HOSTILE))));
    Path page = folder.resolve("hostile.html");
    Files.writeString(page, report.html());
    browser.open(page.toUri().toString());

    assertThat(browser.text("#name")).isEqualTo(HOSTILE);
    assertThat(browser.value("document.title").asText()).isEqualTo(HOSTILE + " · dl");
    assertThat(browser.value("document.querySelectorAll('img').length").asInt()).isZero();
    assertThat(browser.texts("#unfair li")).first().asString().contains(HOSTILE);
    assertThat(browser.texts("#runs tbody td:first-child")).contains(HOSTILE);
    browser.requireQuiet();
  }
}
