package dev.dl.models.table;

import dev.dl.models.graph.Node;
import dev.dl.models.graph.TableInput;
import dev.dl.models.layer.FeatureTokens;
import dev.dl.models.layer.Initializer;
import dev.dl.models.layer.SumOverTokens;

/** A vector for each category, and for each column of numbers, of models of ratings. */
final class ColumnVectors {
  private static final double DEVIATION = 0.1;

  private ColumnVectors() {}

  /** {@code [columns]} to {@code [columns, features]}. */
  static Node of(Node row, String name, TableInput table, int features) {
    return row.then(name, vectors(table, features, new Initializer.Normal(DEVIATION)));
  }

  /** {@code [columns]} to {@code [outputs]}: for each category how much more or less is told. */
  static Node bias(Node row, TableInput table, int outputs) {
    return row.then("biases", vectors(table, outputs, new Initializer.Constant(0)))
        .then("bias", new SumOverTokens());
  }

  private static FeatureTokens vectors(TableInput table, int features, Initializer initializer) {
    return new FeatureTokens(
        table.numericFeatures(), table.cardinalities(), features, false, initializer);
  }
}
