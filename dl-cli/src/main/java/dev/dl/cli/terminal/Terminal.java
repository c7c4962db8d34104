package dev.dl.cli.terminal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What the terminal that messages go to can do. The launcher looks at it, because Java cannot see
 * whether standard error is one.
 *
 * @param interactive whether a line can be redrawn
 * @param width columns
 * @param color whether colours are wanted
 * @param unicode whether it shows more than ASCII
 */
public record Terminal(boolean interactive, int width, boolean color, boolean unicode) {
  /**
   * Set by the launcher to the columns of the terminal on standard error; unset if none is there.
   */
  public static final String WIDTH_PROPERTY = "dl.terminal.width";

  /** Set by the launcher to the user's character locale, which it changes for the JVM. */
  public static final String LOCALE_PROPERTY = "dl.terminal.locale";

  private static final int USUAL_WIDTH = 80;

  /** A pipe or a file: no redrawing, no colour. */
  public static final Terminal NONE = new Terminal(false, USUAL_WIDTH, false, true);

  /** What the environment and the launcher say. */
  public static Terminal detect(Map<String, String> environment, Properties properties) {
    String type = environment.getOrDefault("TERM", "");
    String attached = properties.getProperty(WIDTH_PROPERTY, "");
    boolean interactive = !attached.isEmpty() && !type.equals("dumb") && !type.isEmpty();
    int width = columns(environment.get("COLUMNS")).or(() -> columns(attached)).orElse(USUAL_WIDTH);
    boolean color = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    String locale = properties.getProperty(LOCALE_PROPERTY, "UTF-8").toUpperCase(Locale.ROOT);
    boolean unicode = locale.contains("UTF-8") || locale.contains("UTF8");
    return new Terminal(interactive, width, color, unicode);
  }

  private static Optional<Integer> columns(String text) {
    return Optional.ofNullable(text)
        .filter(digits -> digits.matches("[1-9][0-9]{0,3}"))
        .map(Integer::valueOf);
  }
}
