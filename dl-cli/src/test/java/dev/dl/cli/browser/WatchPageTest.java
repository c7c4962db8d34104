package dev.dl.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.cli.watch.FakeRun;
import dev.dl.cli.watch.LockedRun;
import dev.dl.cli.watch.WatchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchPageTest {
  private static final String HOSTILE = "x<img src=x onerror=document.title=1>";
  private static final String NAMES = "#list tbody a";

  @TempDir private static Path folder;
  private static Path runs;
  private static Browser browser;
  private static WatchServer server;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(folder);
    runs = folder.resolve("runs");
    ended("alpha", "mlp", 0.7);
    ended("beta", "convnet", 0.9);
    ended("gamma", "convnet", 0.8);
    server = WatchServer.start(runs, "127.0.0.1", 0);
  }

  private static void ended(String name, String model, double accuracy) throws Exception {
    Path run = FakeRun.begin(runs.resolve(name), model, 2);
    FakeRun.epoch(run, 1, accuracy - 0.1);
    FakeRun.epoch(run, 2, accuracy);
    FakeRun.end(run, 2, accuracy);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    browser.open("about:blank");
    browser.open(server.url());
    browser.awaitTrue("document.querySelectorAll('#overlay .uplot').length === 2");
  }

  @Test
  void sortsByAHeading() {
    browser.click("#list th:nth-child(7) button");
    assertThat(browser.texts(NAMES)).startsWith("beta", "gamma", "alpha");
    assertThat(browser.texts("#list th[aria-sort=descending]"))
        .containsExactly("Validation accuracy");
    browser.click("#list th:nth-child(7) button");
    assertThat(browser.texts(NAMES)).containsSubsequence("alpha", "gamma", "beta");
    browser.click("#list th:nth-child(1) button");
    assertThat(browser.texts(NAMES)).startsWith("alpha", "beta", "gamma");
    browser.requireQuiet();
  }

  @Test
  void filtersByWordsAndByStatus() throws Exception {
    browser.click("#filter");
    browser.type("convnet gam");
    assertThat(browser.texts(NAMES)).containsExactly("gamma");
    assertThat(browser.text("#counted")).startsWith("1 of ");
    browser.type("zzz");
    assertThat(browser.text("#nothing")).isEqualTo("No run matches.");
    browser.requireQuiet();
  }

  @Test
  void laysCurvesOfTickedRunsOverEachOther() throws Exception {
    browser.click("#none");
    assertThat(browser.isShown("#overlay .uplot")).isFalse();
    for (String run : List.of("alpha", "beta")) {
      browser.click("#list input[aria-label='curves of " + run + "']");
    }
    browser.awaitTrue("document.querySelectorAll('#overlay .uplot').length === 2");
    assertThat(browser.texts("#overlay .chart:first-child .u-label"))
        .containsExactly("step", "alpha", "beta");
    browser.choose("#against", "epoch");
    assertThat(browser.texts("#overlay .chart:first-child .u-label"))
        .containsExactly("epoch", "alpha", "beta");
    browser.choose("#metric", "validation.loss");
    assertThat(browser.texts("#overlay h3")).first().isEqualTo("Validation loss");
    browser.requireQuiet();
  }

  @Test
  void seesARunAdvanceAndStopsIt() throws Exception {
    Path run = FakeRun.begin(runs.resolve("live one"), "convnet", 4);
    FakeRun.epoch(run, 1, 0.5);
    Files.writeString(run.resolve("log.txt"), "began\n");
    try (LockedRun held = LockedRun.hold(run)) {
      browser.awaitTrue("document.querySelector('a[href=\"#run=live%20one\"]')");
      browser.click("a[href='#run=live%20one']");
      browser.awaitTrue("document.querySelector('#left').innerText.startsWith('25.00 %')");
      assertThat(browser.text("#name")).isEqualTo("live one");
      assertThat(browser.texts("#epochs tbody tr")).hasSize(1);

      FakeRun.epoch(run, 2, 0.6);
      browser.awaitTrue("document.querySelector('#left').innerText.startsWith('50.00 %')");
      assertThat(browser.text("#left")).contains("step 20", "about 0:06 left");
      assertThat(browser.texts("#epochs tbody tr")).hasSize(2);
      assertThat(browser.text("#log pre").strip()).isEqualTo("began");

      browser.click("#stop");
      assertThat(browser.text("#question")).isEqualTo("Stop live one?");
      browser.press("Escape");
      assertThat(run.resolve("stop")).doesNotExist();
      browser.click("#stop");
      browser.click("#confirm button[value=yes]");
      Browser.await(() -> Files.exists(run.resolve("stop")), "the file that stops the run");
      browser.awaitTrue("document.querySelector('#stop').disabled");
      Screens.take(browser, "watch-run");
    }
    browser.awaitTrue("document.querySelector('#tiles dd').innerText === 'unfinished'");
    assertThat(browser.isShown("#stop")).isFalse();
    browser.requireQuiet();
  }

  @Test
  void isUsedWithTheKeyboard() throws Exception {
    browser.value("document.querySelector('#filter').focus()");
    for (String next : List.of("status", "metric")) {
      browser.press("Tab");
      assertThat(browser.value("document.activeElement.id").asText()).isEqualTo(next);
    }
    browser.press("Tab");
    assertThat(browser.value("document.activeElement.innerText").asText()).startsWith("Run");
    assertThat(browser.value("getComputedStyle(document.activeElement).outlineStyle").asText())
        .isEqualTo("solid");
    browser.press("Enter");
    assertThat(browser.texts("#list th[aria-sort=ascending]")).containsExactly("Run");

    browser.value("document.querySelector('#overlay .chart').focus()");
    browser.press("ArrowRight");
    assertThat(browser.text("#overlay .chart .u-series:first-child .u-value")).isEqualTo("10");
    browser.press("Tab");
    browser.press("Enter");
    assertThat(browser.value("document.activeElement.getAttribute('aria-pressed')").asText())
        .isEqualTo("false");
    browser.requireQuiet();
  }

  @Test
  void keepsTheFocusWhileRunsChange() throws Exception {
    browser.value("document.querySelector('#list input[aria-label=\"curves of alpha\"]').focus()");
    ended("delta", "mlp", 0.6);
    browser.awaitTrue("document.querySelector('a[href=\"#run=delta\"]')");

    assertThat(browser.value("document.activeElement.getAttribute('aria-label')").asText())
        .isEqualTo("curves of alpha");
    browser.requireQuiet();
    delete(runs.resolve("delta"));
  }

  @Test
  void showsHostileRunsAsText() throws Exception {
    Path run = FakeRun.begin(runs.resolve(HOSTILE), "\"<b>bold</b>\"", 2);
    Files.writeString(
        run.resolve("metrics.jsonl"),
        "{\"kind\":\"epoch\",\"epoch\":1,\"step\":5,\"validation.accuracy\":1e308,"
            + "\"validation.<i>\":1,\"train.loss\":-1e308}\n{\"kind\":{}}\n[1]\n\"x\"\n{{\n");
    Files.writeString(run.resolve("summary.json"), "{\"status\": \"<script>alert(1)</script>\"}");
    Files.writeString(
        run.resolve("provenance.json"),
        "{\"__proto__\": {\"x\": 1}, \"a\": \"</script><script>document.title=1</script>\"}");
    Files.writeString(run.resolve("log.txt"), "\u001b[2J<script>document.title=1</script>");
    browser.awaitTrue("document.querySelectorAll('#list .damaged').length === 1");
    assertThat(browser.texts(NAMES)).contains(HOSTILE);

    browser.click("a[href*='onerror']");
    browser.awaitTrue("document.querySelector('#log pre').innerText.includes('<script>')");
    assertThat(browser.text("#name")).isEqualTo(HOSTILE);
    assertThat(browser.text("#subtitle")).contains("<b>bold</b>");
    assertThat(browser.texts("#problems li")).containsExactly("summary.json cannot be read");
    assertThat(browser.value("document.title").asText()).isEqualTo(HOSTILE + " · dl");
    browser.requireQuiet();
    Screens.take(browser, "watch-hostile");
    delete(run);
  }

  private static void delete(Path run) throws Exception {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void fitsAnyScreenInAnyLight() throws Exception {
    Screens.take(browser, "watch");
    browser.media("screen", "dark");
    String dark = browser.value("getComputedStyle(document.body).backgroundColor").asText();
    browser.media("screen", "light");
    assertThat(dark)
        .isNotEqualTo(browser.value("getComputedStyle(document.body).backgroundColor").asText());
    browser.resize(360, 700);
    assertThat(browser.value("document.documentElement.scrollWidth <= innerWidth").asBoolean())
        .isTrue();
    browser.resize(1200, 900);
    browser.media("print", "dark");
    assertThat(browser.value("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo("rgb(255, 255, 255)");
    assertThat(browser.isShown("#filter")).isFalse();
    browser.media("screen", "light");
    browser.requireQuiet();
  }
}
