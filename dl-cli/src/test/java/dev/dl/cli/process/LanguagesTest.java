package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One run in other languages and at odd paths, through the launcher: every file that it writes is
 * the same, byte for byte, but for times and memory, what the log says of the machine's load, the
 * command line, and the hash of the file that holds a time. A shell writes the names, since the
 * locale of this test may not know them.
 */
@EnabledOnOs(OS.LINUX)
class LanguagesTest {
  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data:
        source: table
        train: rows.csv
        target: {column: KIND}
      model: {name: mlp}
      training: {epochs: 3, batchSize: 20, checkpoint: {everySteps: 5}}
      """;

  private static final String[] TOWNS = {"Iğdır", "ığdır", "İzmir", "izmir", "Straße", "STRASSE"};

  @TempDir private static Path project;
  private static Map<String, String> expected;

  @BeforeAll
  static void train() throws Exception {
    BuiltProject.script(project, "");
    Files.writeString(project.resolve("trial.yaml"), CONFIG);
    Files.writeString(project.resolve("-x.yaml"), CONFIG);
    StringBuilder rows = new StringBuilder("SIZE,town,since,KIND\n");
    for (int i = 0; i < 240; i++) {
      String town = TOWNS[i % TOWNS.length];
      rows.append(
          "%d.%d,%s,20%02d-%02d-1%d".formatted(i * 37, i % 10, town, i % 25, 1 + i % 12, i % 9));
      rows.append(i % 3 == 0 ? ",I\n" : ",i\n");
    }
    Files.writeString(project.resolve("rows.csv"), rows);
    run("", "", "./dl train trial.yaml --run reference");
    expected = artifacts(project.resolve("reference"));
    assertThat(expected)
        .hasSizeGreaterThan(12)
        .containsKeys("spec.yaml", "preprocessing.json", "report.html", "log.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "C, '', trial.yaml, 'runs/ü 1/-x'",
    "'', -Duser.language=tr -Duser.country=TR, trial.yaml, -x",
    "'', -Duser.language=de -Duser.country=DE, trial.yaml, runs/🚀 👩‍🔬",
    "C, -Duser.language=ar -Duser.country=EG, -- -x.yaml, 'runs/a\nb '",
    "'', -Duser.language=hi -Duser.country=IN -Duser.extensions=u-nu-deva, -- -x.yaml, runs/नमस्ते",
  })
  void writesTheSameFiles(String locale, String options, String config, String run)
      throws Exception {
    run(locale, options, "./dl train --run '%s' %s".formatted(run, config));
    run("", "", "rm -rf moved && mv -- '%s' moved".formatted(run));

    Map<String, String> written = artifacts(project.resolve("moved"));
    assertThat(written.keySet()).isEqualTo(expected.keySet());
    written.forEach((name, content) -> assertThat(content).as(name).isEqualTo(expected.get(name)));
  }

  private static void run(String locale, String options, String line) throws Exception {
    Path script = project.resolve("script");
    Files.writeString(script, (locale.isEmpty() ? "" : "export LC_ALL=" + locale + "\n") + line);
    ProcessBuilder shell = new ProcessBuilder("sh", script.toString());
    shell.environment().putAll(BuiltProject.environment(project));
    shell.environment().merge("DL_JAVA_OPTIONS", options, (before, more) -> before + " " + more);
    try (DlProcess dl = DlProcess.start(project, shell)) {
      dl.await().requireExitCode(0);
    }
  }

  /** Every file of a run, times and places taken out of those that are text. */
  private static Map<String, String> artifacts(Path run) throws IOException {
    Map<String, String> artifacts = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(run)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString();
        if (!name.equals(".lock")) { // who had it
          artifacts.put(name, withoutTimes(name, Files.readAllBytes(file)));
        }
      }
    }
    return artifacts;
  }

  private static String withoutTimes(String name, byte[] content) {
    if (name.endsWith(".safetensors")) {
      return java.util.HexFormat.of().formatHex(content);
    }
    String text = new String(content, java.nio.charset.StandardCharsets.UTF_8);
    String times =
        "samplesPerSecond|dataWaitShare|seconds|waitSeconds|wallSeconds|elapsedSeconds|peakMemoryBytes";
    return text.replaceAll("\"(" + times + ")\"( ?: ?)[-+.E0-9]+", "\"$1\"$2TIME")
        .replaceAll(".* DEBUG SpinThrottle: .*\n", "")
        .replaceAll(".* BackgroundSaver: .*\n", "") // of another thread
        .replaceAll("\\d+ ms\n", "TIME\n")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("(\"commandLine\" ?: ?)\\[[^\\]]*\\]", "$1WORDS")
        .replaceAll("(\"state.json\" : )\\{[^}]*\\}", "$1HASH");
  }
}
