package dev.dl.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

  @Test
  void fillsEveryDefault() {
    Settings settings = parse("name: a");

    assertThat(settings.mode()).isEqualTo(Settings.Mode.AUTO);
    assertThat(settings.optimizer()).isEqualTo(new Settings.Optimizer(0.001, 0, false));
    assertThat(settings.training().epochs()).isEqualTo(10);
    assertThat(settings.training().maximumDuration()).isNull();
    assertThat(settings.stages()).containsExactly(1, 2);
  }

  @Test
  void tellsTheValuesOfAnyFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spec.yaml");
    Files.writeString(file, "name: a\nunheard: {of: [1, {x: 2.50}], nothing: null}\n");

    assertThat(ConfigReader.values(file))
        .containsExactly(
            entry("name", "a"),
            entry("unheard.of[0]", "1"),
            entry("unheard.of[1].x", "2.50"),
            entry("unheard.nothing", "null"));
    Files.writeString(file, "a: &x 1\nb: *x\n");
    assertThatThrownBy(() -> ConfigReader.values(file)).isInstanceOf(ConfigException.class);
  }

  @Test
  void readsValuesByNamesOfTheUser() {
    assertThat(parse("name: a\nnamed: {b.c: [1], a: [2, 3]}").named())
        .containsExactly(Map.entry("b.c", List.of(1)), Map.entry("a", List.of(2, 3)));
    assertThatThrownBy(() -> parse("name: a\nnamed: {b.c: [x]}"))
        .hasMessage("named.b.c[0]: got \"x\", expected a whole number");
    assertThatThrownBy(() -> parse("name: a\nnamed: 3"))
        .hasMessage("named: got 3, expected values by name such as {a: 1, b: 2}");
  }

  @Test
  void readsEveryType() {
    Settings settings =
        parse(
            """
            name: 2024
            mode: one-cycle
            optimizer: {learningRate: 1e-8, momentum: 0.5, nesterov: true}
            training:
              epochs: 3
              microBatchSize: 4
              seed: 9223372036854775807
              limit: -1
              decay: -0.0
              resume: false
              note: "yes: #1"
              maximumDuration: 1h30m
            stages: [3, 4]
            others:
              - learningRate: 1
              - {}
            """);

    assertThat(settings.name()).isEqualTo("2024");
    assertThat(settings.mode()).isEqualTo(Settings.Mode.ONE_CYCLE);
    assertThat(settings.optimizer()).isEqualTo(new Settings.Optimizer(1e-8, 0.5, true));
    assertThat(settings.training())
        .isEqualTo(
            new Settings.Training(
                3, 128, 4, Long.MAX_VALUE, -1L, -0.0, false, "yes: #1", Duration.ofMinutes(90)));
    assertThat(settings.stages()).containsExactly(3, 4);
    assertThat(settings.others()).hasSize(2);
  }

  @Test
  void readsAWordOrAList() {
    assertThat(parse("name: a").shares()).isNull();
    assertThat(parse("name: a\nshares: by-size").shares()).isEqualTo(Settings.Shares.Word.BY_SIZE);
    assertThat(parse("name: a\nshares: [1, 0.5]").shares())
        .isEqualTo(new Settings.Shares.Listed(List.of(1.0, 0.5)));
    assertThat(problems("name: a\nshares: big"))
        .containsExactly(
            "shares: got \"big\", expected one of even, by-size or a list such as [a, b]");
    assertThat(problems("name: a\nshares: {even: 1}")).hasSize(1);
    assertThat(problems("name: a\nshares: [1, -1, x]"))
        .containsExactly(
            "shares[1]: got -1, expected a number of at least 0",
            "shares[2]: got \"x\", expected a number of at least 0");
  }

  @Test
  void readsOneOfSeveralKindsByItsNameWithSettingsOrTheFirstOrNone() {
    Settings settings =
        parse(
            """
            name: a
            layers:
              - max-pool
              - max-pool: 3
              - max-pool: {stride: 4}
              - max-pool:
              - relu
              - group: [relu, {max-pool: 5}]
            """);

    assertThat(settings.layers())
        .containsExactly(
            new Settings.MaxPool(2, null),
            new Settings.MaxPool(3, null),
            new Settings.MaxPool(2, 4),
            new Settings.MaxPool(2, null),
            new Settings.Relu(),
            new Settings.Group(List.of(new Settings.Relu(), new Settings.MaxPool(5, null))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[max-pol] | layers[0]: got max-pol, expected one of max-pool, relu, group; did you mean"
            + " max-pool?",
        "[relu, {rleu: {}}] | layers[1]: got rleu, expected one of max-pool, relu, group; did you"
            + " mean relu?",
        "[{max-pool: null, size: 2}] | layers[0]: got the keys [max-pool, size], expected one of"
            + " max-pool, relu, group; indent the settings of each below its name",
        "[[relu]] | layers[0]: got a list, expected one of max-pool, relu, group",
        "[null] | layers[0]: got null, expected one of max-pool, relu, group",
        "[{}] | layers[0]: got the keys [], expected one of max-pool, relu, group; indent the"
            + " settings of each below its name",
        "[{relu: 2}] | layers[0].relu: got 2, expected no settings",
        "[{max-pool: {sise: 2}}] | layers[0].max-pool.sise: got an unknown key, expected one of"
            + " size, stride; did you mean layers[0].max-pool.size?",
        "[{max-pool: 0}] | layers[0].max-pool.size: got 0, expected a whole number of at least 1",
        "[group] | layers[0].group.layers: got nothing, expected a list; add it; it has no default",
        "[{group: [{group: [x]}]}] | layers[0].group.layers[0].group.layers[0]: got x, expected one"
            + " of max-pool, relu, group"
      })
  void tellsWhereAKindIsWrong(String layers, String message) {
    assertThat(problems("name: a\nlayers: " + layers)).containsExactly(message);
  }

  @Test
  void reportsEveryProblemAtOnce() {
    List<String> problems =
        problems(
            """
            mode: one-cicle
            optimizer: {learningRate: 0, momentum: 1, nesterov: maybe}
            training: {optimzer: x, epochs: ten, batchSize: 0, decay: .nan}
            stages: [1, 0]
            """,
            "training.limit=1.5",
            "nothing");

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "override: got \"nothing\", expected key=value such as training.epochs=5",
            "name: got nothing, expected text; add it; it has no default",
            "mode: got \"one-cicle\", expected one of auto, one-cycle; did you mean one-cycle?",
            "optimizer.learningRate: got 0, expected a number above 0",
            "optimizer.momentum: got 1, expected a number of at least 0 and below 1",
            "optimizer.nesterov: got \"maybe\", expected true or false",
            "training.optimzer: got an unknown key, expected one of epochs, batchSize,"
                + " microBatchSize, seed, limit, decay, resume, note, maximumDuration; did you mean"
                + " optimizer?",
            "training.epochs: got \"ten\", expected a whole number of at least 1",
            "training.batchSize: got 0, expected a whole number of at least 1",
            "training.decay: got .nan, expected a number of at most 1",
            "training.limit: got 1.5, expected a whole number",
            "stages[1]: got 0, expected a whole number of at least 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.epoch=3    | training.epochs",
        "training.batchsize=3| training.batchSize",
        "training.bacthSize=3| training.batchSize",
        "nmae=b              | name",
        "epochs=3            | training.epochs",
        "training.momentum=1 | optimizer.momentum"
      })
  void suggestsTheNearestKeyForAnUnknownOne(String override, String suggestion) {
    assertThat(problems("name: a", override))
        .singleElement()
        .asString()
        .contains("an unknown key")
        .endsWith("did you mean " + suggestion + "?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.epochs=3000000000",
        "training.epochs='5'",
        "training.epochs=1_000",
        "training.epochs=null",
        "training.epochs=",
        "training.epochs=[1]",
        "training.epochs={a: 1}",
        "training.seed=1e99",
        "training.decay=-.inf",
        "optimizer.learningRate=1e999",
        "training.maximumDuration=30",
        "training.maximumDuration=-5m",
        "training.maximumDuration=''",
        "training.resume=yes",
        "optimizer=null",
        "stages=1",
        "mode=AUTO",
        "name=[a]"
      })
  void refusesValuesOfAnotherType(String override) {
    assertThat(problems("name: a", override)).hasSize(1);
  }

  @Test
  void showsNoControlCharactersOfAValue() {
    assertThat(problems("name: a\nmode: \"\\e[31m\\n\\u202e\""))
        .singleElement()
        .asString()
        .startsWith("mode: got \"?[31m??\",");
  }

  @Test
  void overridesWinOverTheFileAndOverEarlierOnes() {
    Settings settings =
        ConfigReader.parse(
            "name: a\ntraining: {epochs: x, seed: 3}",
            "test.yaml",
            List.of("training.epochs=1", "training.epochs=2", "stages=[5]", "training.note=a=b"),
            Settings.class);

    assertThat(settings.training().epochs()).isEqualTo(2);
    assertThat(settings.training().seed()).isEqualTo(3);
    assertThat(settings.training().note()).isEqualTo("a=b");
    assertThat(settings.stages()).containsExactly(5);
  }

  @Test
  void collectsWhatARecordsOwnConstructorRefuses() {
    assertThat(problems("training: {batchSize: 8, microBatchSize: 9}"))
        .containsExactly(
            "name: got nothing, expected text; add it; it has no default",
            "training.microBatchSize: got 9, expected at most batchSize, 8");
    assertThat(problems("name: a\ntraining: {note: ' '}"))
        .containsExactly(
            "training: got values that do not fit together (a blank note), expected values that"
                + " do");
  }

  @Test
  void reportsKeysGivenTwiceWithTheirLine() {
    assertThat(problems("name: a\ntraining:\n  epochs: 1\n  epochs: 2\nname: b\n"))
        .containsExactly(
            "training.epochs: got a second value at test.yaml:4:3, expected each key once; remove"
                + " one of them",
            "name: got a second value at test.yaml:5:1, expected each key once; remove one of"
                + " them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '$',
      value = {
        "a: b: c            | test.yaml:1:5",
        "name: [1, 2        | test.yaml:",
        "name: &x [a]       | a YAML anchor or alias",
        "name: *x           | a YAML anchor or alias",
        "name: !!str a      | a YAML tag",
        "name: !java/Foo a  | a YAML tag",
        "name: 'a           | test.yaml:",
        "{? [a] : b}        | test.yaml:1",
        "--- {}\\n--- {}    | a second YAML document",
        "- a                | configuration: got a list",
        "text               | configuration: got \"text\"",
      })
  void refusesWhatIsNotPlainYaml(String yaml, String part) {
    String text = yaml.replace("\\n", "\n");
    assertThat(problems(text)).singleElement().asString().contains(part).doesNotContain("\n");
  }

  @Test
  void refusesAliasesThatExpandWithoutBound() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(problems(yaml.toString())).singleElement().asString().contains("anchor or alias");
  }

  @Test
  void refusesDeepNesting() {
    assertThat(problems("name: " + "[".repeat(100_000)))
        .singleElement()
        .asString()
        .contains("nesting deeper than 32 levels");
  }

  @Test
  void readsAFileWithAByteOrderMark(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a b.yaml"), "\uFEFFname: \u00e4\r\n");

    assertThat(ConfigReader.read(file, List.of(), Settings.class).name()).isEqualTo("\u00e4");
  }

  @Test
  void refusesAFileThatIsNotUtf8OrTooLarge(@TempDir Path folder) throws Exception {
    Path latin1 = Files.write(folder.resolve("a.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
    Path large = Files.write(folder.resolve("b.yaml"), new byte[2 << 20]);

    assertThatThrownBy(() -> ConfigReader.read(latin1, List.of(), Settings.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> ConfigReader.read(large, List.of(), Settings.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("1 MiB");
  }

  @Test
  void tellsAMissingFileFromABadOne(@TempDir Path folder) {
    assertThatThrownBy(
            () -> ConfigReader.read(folder.resolve("none.yaml"), List.of(), Settings.class))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static Settings parse(String yaml) {
    return ConfigReader.parse(yaml, "test.yaml", List.of(), Settings.class);
  }

  private static List<String> problems(String yaml, String... overrides) {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigReader.parse(yaml, "test.yaml", List.of(overrides), Settings.class));
    return thrown.problems().stream().map(ConfigProblem::toString).toList();
  }

  @Shorthand
  record Brief(String path, @Default("[]") List<String> names, @Default("1") int count) {}

  record WithBrief(Brief brief, @Default("null") Brief none) {}

  @Test
  void readsAValueAloneAsTheFirstSettingOfAGroupThatAllowsIt() {
    WithBrief alone = ConfigReader.parse("brief: a.txt", "test", List.of(), WithBrief.class);
    assertThat(alone).isEqualTo(new WithBrief(new Brief("a.txt", List.of(), 1), null));
    assertThat(
            ConfigReader.parse(
                "brief: {path: a}", "test", List.of("none=b", "brief.count=2"), WithBrief.class))
        .isEqualTo(new WithBrief(new Brief("a", List.of(), 2), new Brief("b", List.of(), 1)));
    assertThat(ConfigReader.parse(ConfigWriter.yaml(alone), "test", List.of(), WithBrief.class))
        .isEqualTo(alone);
    assertThatThrownBy(() -> ConfigReader.parse("brief: [a]", "test", List.of(), WithBrief.class))
        .hasMessageContaining("brief: got ")
        .hasMessageContaining("a group of settings: path, names, count");
  }
}
