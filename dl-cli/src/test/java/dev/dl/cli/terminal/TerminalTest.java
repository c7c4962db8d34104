package dev.dl.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void isInteractiveWhereTheLauncherSawATerminal() {
    assertThat(detect(Map.of("TERM", "xterm"), "120", "en_US.UTF-8"))
        .isEqualTo(new Terminal(true, 120, true, true));
  }

  @Test
  void isPlainInAPipeAndOnADumbTerminal() {
    assertThat(detect(Map.of("TERM", "xterm"), "", "C.UTF-8").interactive()).isFalse();
    assertThat(detect(Map.of("TERM", "dumb"), "120", "C.UTF-8").interactive()).isFalse();
  }

  @Test
  void respectsNoColorAndColumns() {
    Terminal terminal =
        detect(Map.of("TERM", "xterm", "NO_COLOR", "1", "COLUMNS", "50"), "120", "C.UTF-8");

    assertThat(terminal.color()).isFalse();
    assertThat(terminal.width()).isEqualTo(50);
  }

  @Test
  void showsAsciiOnlyInTheCLocale() {
    assertThat(detect(Map.of("TERM", "xterm"), "80", "C").unicode()).isFalse();
    assertThat(detect(Map.of("TERM", "xterm"), "80", "de_DE.utf8").unicode()).isTrue();
  }

  @Test
  void makesControlCharactersOfLabelsVisible() {
    assertThat(Printable.of("cat\u001B[2J\n\u202Edog")).isEqualTo("cat\\u001B[2J\\u000A\\u202Edog");
    assertThat(Printable.of("Ünïcode 👩\u200D🔬")).isEqualTo("Ünïcode 👩\u200D🔬");
  }

  private static Terminal detect(Map<String, String> environment, String width, String locale) {
    Properties properties = new Properties();
    properties.setProperty(Terminal.WIDTH_PROPERTY, width);
    properties.setProperty(Terminal.LOCALE_PROPERTY, locale);
    return Terminal.detect(environment, properties);
  }
}
