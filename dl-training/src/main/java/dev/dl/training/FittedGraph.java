package dev.dl.training;

import dev.dl.core.data.DataSplits;
import dev.dl.models.KnownModels;
import dev.dl.models.graph.Graph;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;

/** The network that a spec asks for, fitted to its data, without training it. */
public final class FittedGraph {
  private FittedGraph() {}

  /**
   * Reads the data to see what goes in and what is to come out.
   *
   * @param models that the spec may name
   * @param workingDirectory where relative paths of the spec start
   */
  public static Graph of(RunSpec spec, KnownModels models, Path workingDirectory)
      throws IOException {
    return of(spec, models, DataSplits.open(spec.data(), workingDirectory));
  }

  /** The same with the data read already. */
  public static Graph of(RunSpec spec, KnownModels models, DataSplits data) {
    return Task.of(data.preprocessing(), spec).graph(spec, models);
  }
}
