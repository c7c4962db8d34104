package dev.dl.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigWriterTest {
  private static final Settings.Shares SHARES = new Settings.Shares.Listed(List.of(1.0, 0.5));
  private static final List<Settings.Layer> LAYERS =
      List.of(
          new Settings.MaxPool(3, null),
          new Settings.Relu(),
          new Settings.Group(List.of(new Settings.Relu(), new Settings.MaxPool(2, 1))));

  @Test
  void writesEveryDefault() {
    Settings settings = ConfigReader.parse("name: a", "test", List.of(), Settings.class);

    assertThat(ConfigWriter.yaml(settings))
        .isEqualTo(
            """
            name: a
            mode: auto
            optimizer:
              learningRate: 0.001
              momentum: 0.0
              nesterov: false
            training:
              epochs: 10
              batchSize: 128
              microBatchSize: null
              seed: 7
              limit: null
              decay: null
              resume: null
              note: null
              maximumDuration: null
            stages:
            - 1
            - 2
            others: []
            shares: null
            layers: []
            named: {}
            """);
  }

  @Test
  void writesAKindWithoutSettingsAsItsNameAlone() {
    Settings settings =
        ConfigReader.parse(
            "{name: a, layers: [relu, {max-pool: 3}]}", "test", List.of(), Settings.class);

    assertThat(ConfigWriter.yaml(settings))
        .endsWith(
            """
            layers:
            - relu
            - max-pool:
                size: 3
                stride: null
            named: {}
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"by-size", "[0.5, 2.0]", "[]", "null"})
  void readsBackAWordOrAList(String shares) {
    Settings settings =
        ConfigReader.parse("name: a\nshares: " + shares, "test", List.of(), Settings.class);

    String yaml = ConfigWriter.yaml(settings);

    assertThat(ConfigReader.parse(yaml, "written", List.of(), Settings.class)).isEqualTo(settings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "Null",
        "~",
        "true",
        "no",
        "5",
        "1e-8",
        "0x1F",
        ".nan",
        "1:30",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "'",
        "\"",
        "\\",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "[a",
        "{a",
        "|",
        ">",
        "?",
        "? a",
        "-",
        "--- a",
        "...",
        "a\nb",
        "\na\n\n",
        " a\n  b ",
        "a\tb",
        "\r",
        "\0",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\u00e4\u4f60",
        "\ud83d\ude00",
        "=",
        "<<",
        "2001-01-01",
        "a,b"
      })
  void readsBackAnyText(String text) {
    Settings settings =
        new Settings(
            text,
            Settings.Mode.AUTO,
            optimizer(1),
            training(1),
            List.of(1),
            List.of(),
            SHARES,
            LAYERS,
            Map.of("a.b", List.of(1, 2)));

    assertThat(readBack(settings)).isEqualTo(settings);
  }

  @Test
  void readsBackAnyNumber() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (Double.isFinite(value) && value > 0) {
        Settings settings =
            new Settings(
                "a",
                Settings.Mode.ONE_CYCLE,
                optimizer(value),
                training(random.nextLong()),
                List.of(),
                List.of(optimizer(1)),
                SHARES,
                LAYERS,
                Map.of("a.b", List.of(1, 2)));
        assertThat(readBack(settings)).isEqualTo(settings);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.001,0.001",
    "0.0001,0.0001",
    "1e-8,1e-8",
    "1.5E-7,1.5e-7",
    "1E7,10000000",
    "3,3.0",
    "1E300,1e300"
  })
  void writesNumbersPlainly(double value, String expected) {
    assertThat(Scalars.write(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"PT0S,0s", "PT1H30M,1h30m", "PT90S,1m30s", "PT49H0.25S,49h250ms"})
  void writesDurationsThatReadBack(Duration duration, String expected) {
    assertThat(Scalars.write(duration)).isEqualTo(expected);
    assertThat(Scalars.read(new Node.Scalar(expected, Node.Kind.TEXT), Duration.class, Range.NONE))
        .contains(duration);
  }

  @Test
  void refusesDurationsThatCannotBeWritten() {
    assertThatThrownBy(() -> Scalars.write(Duration.ofNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "de-DE", "ar-SA-u-nu-arab", "hi-IN-u-nu-deva"})
  void writesTheSameInEveryLocale(String locale) {
    Settings settings =
        new Settings(
            "I",
            Settings.Mode.ONE_CYCLE,
            optimizer(0.5),
            training(3),
            List.of(12),
            List.of(),
            SHARES,
            LAYERS,
            Map.of("a.b", List.of(1, 2)));
    String expected = ConfigWriter.yaml(settings);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      assertThat(ConfigWriter.yaml(settings)).isEqualTo(expected);
      assertThat(readBack(settings)).isEqualTo(settings);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Settings readBack(Settings settings) {
    return ConfigReader.parse(ConfigWriter.yaml(settings), "test", List.of(), Settings.class);
  }

  private static Settings.Optimizer optimizer(double learningRate) {
    return new Settings.Optimizer(learningRate, 0, true);
  }

  private static Settings.Training training(long seed) {
    return new Settings.Training(1, 2, null, seed, seed, null, true, "n", Duration.ofSeconds(90));
  }
}
