package dev.dl.cli.terminal;

import java.util.Arrays;
import java.util.Locale;

/**
 * A curve drawn with characters.
 *
 * @param values from left to right, one for each column
 * @param top value of the upper edge, where what is above it is drawn
 * @param marked column with a mark below it; -1 for none
 */
public record Curve(double[] values, double top, int marked) {
  private static final int ROWS = 10;

  /** The lines, each ended by a newline. */
  public String text() {
    double bottom = Arrays.stream(values).min().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      boolean edge = row == 0 || row == ROWS - 1;
      String label = edge ? String.format(Locale.ROOT, "%.4g", row == 0 ? top : bottom) : "";
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%10s |", label));
      for (double value : values) {
        line.append(row(value, bottom) == row ? '*' : ' ');
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    StringBuilder axis = new StringBuilder(" ".repeat(11) + '+' + "-".repeat(values.length));
    if (marked >= 0) {
      axis.setCharAt(12 + marked, '^');
    }
    return text.append(axis).append('\n').toString();
  }

  private int row(double value, double bottom) {
    double height = top > bottom ? (Math.min(value, top) - bottom) / (top - bottom) : 0;
    return (int) Math.round((1 - height) * (ROWS - 1));
  }
}
