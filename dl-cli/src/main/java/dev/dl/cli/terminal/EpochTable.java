package dev.dl.cli.terminal;

import dev.dl.training.loop.EpochResult;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of epochs, one row at a time; on a narrow terminal with fewer columns. */
final class EpochTable {

  /** A column: how wide it is, whether a narrow terminal may do without, and what stands in it. */
  private record Column(
      String name, int width, boolean dispensable, Function<EpochResult, String> value) {

    /** Whether the run is measured by something else. */
    boolean lacksIn(EpochResult epoch) {
      boolean rmse = epoch.metrics().containsKey("validation.rmse");
      boolean auc = epoch.metrics().containsKey("validation.auc");
      return switch (name) {
        case "train acc", "val acc" -> rmse || auc;
        case "val rmse" -> !rmse;
        case "val auc" -> !auc;
        default -> false;
      };
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("epoch", 7, false, epoch -> epoch.epoch() + "/" + epoch.epochs()),
          new Column("train loss", 10, false, epoch -> number(epoch, "train.loss")),
          new Column("train acc", 9, true, epoch -> percent(epoch, "train.accuracy")),
          new Column("val loss", 8, false, epoch -> number(epoch, "validation.loss")),
          new Column("val acc", 7, false, epoch -> percent(epoch, "validation.accuracy")),
          new Column("val rmse", 9, false, epoch -> number(epoch, "validation.rmse")),
          new Column("val auc", 8, false, epoch -> number(epoch, "validation.auc")),
          new Column("samples/s", 9, true, EpochTable::speed),
          new Column("data wait", 9, true, EpochTable::waitShare),
          new Column("time", 7, false, epoch -> Durations.clock(epoch.duration())));

  private static final String GAP = "  ";

  private List<Column> columns;
  private final Style style;
  private final String bestMark;
  private boolean headerPrinted;

  EpochTable(Terminal terminal) {
    boolean narrow = terminal.interactive() && terminal.width() < width(COLUMNS);
    this.columns = COLUMNS.stream().filter(column -> !narrow || !column.dispensable()).toList();
    this.style = new Style(terminal.color());
    this.bestMark = terminal.unicode() ? "★ best" : "* best";
  }

  /** The epoch's row, before the first of them the header. */
  String rows(EpochResult epoch) {
    columns = columns.stream().filter(column -> !column.lacksIn(epoch)).toList();
    String row =
        columns.stream()
            .map(column -> right(column.value().apply(epoch), column.width()))
            .collect(Collectors.joining(GAP));
    String text = epoch.best() ? style.strong(row) + GAP + style.good(bestMark) : row;
    if (headerPrinted) {
      return text + "\n";
    }
    headerPrinted = true;
    String header =
        columns.stream()
            .map(column -> right(column.name(), column.width()))
            .collect(Collectors.joining(GAP));
    return style.faint(header) + "\n" + text + "\n";
  }

  private static int width(List<Column> columns) {
    int mark = GAP.length() + "* best".length() + 1;
    return columns.stream().mapToInt(column -> column.width() + GAP.length()).sum() + mark;
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private static String number(EpochResult epoch, String metric) {
    Double value = epoch.metrics().get(metric);
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String percent(EpochResult epoch, String metric) {
    Double value = epoch.metrics().get(metric);
    return value == null ? "-" : String.format(Locale.ROOT, "%.2f%%", 100 * value);
  }

  private static String speed(EpochResult epoch) {
    return String.format(Locale.ROOT, "%,.0f", epoch.samplesPerSecond());
  }

  private static String waitShare(EpochResult epoch) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * epoch.dataWaitShare());
  }
}
