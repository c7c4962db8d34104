package dev.dl.models;

import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;

/**
 * A model of the catalogue.
 *
 * @param name as configurations name it
 * @param family the architecture it is a variant of
 * @param paper where it was published, or its reference implementation
 * @param input what the published parameter count is for
 * @param head likewise
 */
public record Model(
    String name, String family, String paper, Input input, Head head, Architecture architecture) {

  /** The network for the published input and outputs. */
  public Graph graph() {
    return architecture.define(input, head);
  }

  /** Number of trained values for the published input and outputs. */
  public long parameterCount() {
    return graph().parameterCount();
  }
}
