package dev.dl.cli.terminal;

import dev.dl.training.loop.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line about a running epoch, fitted to the width of the terminal. */
final class ProgressLine {
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 8;

  private final Terminal terminal;
  private final Style style;
  private final int epochs;

  ProgressLine(Terminal terminal, int epochs) {
    this.terminal = terminal;
    this.style = new Style(terminal.color());
    this.epochs = epochs;
  }

  /** What fits: fields are left out from the least important on, then the bar takes the rest. */
  String text(StepResult step, Pace pace) {
    List<String> fields = fields(step, pace);
    String separator = "  ";
    // One column stays free: a full line would make some terminals scroll.
    int room = terminal.interactive() ? terminal.width() - 1 : Integer.MAX_VALUE;
    int[] leastImportantFirst = {5, 1, 4, 3, 6, 2};
    List<Integer> shown = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
    for (int field : leastImportantFirst) {
      if (width(fields, shown, separator) <= room) {
        break;
      }
      shown.remove(Integer.valueOf(field));
    }
    List<String> parts = new ArrayList<>();
    shown.forEach(field -> parts.add(fields.get(field)));
    int bar = Math.min(LONGEST_BAR, room - width(fields, shown, separator) - separator.length());
    if (terminal.interactive() && bar >= SHORTEST_BAR) {
      parts.add(1, bar((double) step.stepInEpoch() / step.stepsPerEpoch(), bar));
    }
    String line = String.join(separator, parts);
    return parts.size() == 1 && line.length() > room ? line.substring(0, Math.max(0, room)) : line;
  }

  private List<String> fields(StepResult step, Pace pace) {
    Locale locale = Locale.ROOT;
    return List.of(
        String.format(locale, "epoch %d/%d", step.epoch(), epochs),
        String.format(locale, "step %d/%d", step.stepInEpoch(), step.stepsPerEpoch()),
        String.format(locale, "loss %.4f", pace.loss()),
        String.format(locale, "accuracy %.1f%%", 100 * pace.accuracy()),
        String.format(locale, "%,.0f samples/s", pace.samplesPerSecond()),
        String.format(locale, "data wait %.1f%%", 100 * pace.waitShare()),
        Durations.clock(pace.left(step)) + " left");
  }

  private static int width(List<String> fields, List<Integer> shown, String separator) {
    int width = -separator.length();
    for (int field : shown) {
      width += fields.get(field).length() + separator.length();
    }
    return width;
  }

  private String bar(double done, int length) {
    int filled = (int) Math.round(Math.max(0, Math.min(1, done)) * length);
    String full = terminal.unicode() ? "━" : "#";
    String empty = terminal.unicode() ? (terminal.color() ? "━" : "─") : ".";
    return style.good(full.repeat(filled)) + style.faint(empty.repeat(length - filled));
  }
}
