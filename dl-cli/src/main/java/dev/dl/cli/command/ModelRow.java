package dev.dl.cli.command;

import dev.dl.cli.terminal.Table;
import dev.dl.models.Model;
import dev.dl.models.graph.Graph;
import java.util.List;
import java.util.Locale;

/**
 * A model in the list.
 *
 * @param multiplyAdds of a forward pass of one sample of the shape {@code input}
 */
record ModelRow(
    String name, String family, long parameters, long multiplyAdds, String input, String paper) {

  static ModelRow of(Model model) {
    return of(model.name(), model.family(), model.paper(), model.graph());
  }

  static ModelRow of(String name, String family, String paper, Graph graph) {
    return new ModelRow(
        name,
        family,
        graph.parameterCount(),
        graph.multiplyAdds(),
        graph.input().shape().toString(),
        paper);
  }

  static String table(List<ModelRow> rows) {
    Table table = new Table("NAME", "FAMILY", "PARAMETERS", "MULTIPLY-ADDS", "INPUT", "PAPER");
    for (ModelRow row : rows) {
      table.add(
          row.name,
          row.family,
          grouped(row.parameters),
          grouped(row.multiplyAdds),
          row.input,
          row.paper);
    }
    return table.text();
  }

  /** {@code 25,557,032}. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
