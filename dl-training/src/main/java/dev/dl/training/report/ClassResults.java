package dev.dl.training.report;

import java.util.List;

/**
 * How the classes fared on one split.
 *
 * @param split its name: {@code validation}
 * @param names by class index
 * @param figures by class index
 * @param confusion {@code [label][predicted]}, counts
 */
public record ClassResults(
    String split, List<String> names, List<Figures> figures, long[][] confusion) {

  public ClassResults {
    names = List.copyOf(names);
    figures = List.copyOf(figures);
    if (figures.size() != names.size() || confusion.length != names.size()) {
      throw new IllegalArgumentException(
          names.size()
              + " classes, but figures of "
              + figures.size()
              + " and confusions of "
              + confusion.length);
    }
  }

  /** One class; shares from 0 to 1, {@code samples} with this label. */
  public record Figures(double precision, double recall, double f1, long samples) {}
}
