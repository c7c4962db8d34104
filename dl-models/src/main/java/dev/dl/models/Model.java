package dev.dl.models;

import dev.dl.core.data.ImageShape;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Head;

/**
 * A model of the catalogue.
 *
 * @param name as configurations name it
 * @param family the architecture it is a variant of
 * @param paper where it was published, or its reference implementation
 * @param input the images that the published parameter count is for
 * @param head likewise
 */
public record Model(
    String name,
    String family,
    String paper,
    ImageShape input,
    Head head,
    Architecture architecture) {

  /** Number of trained values for the published images and classes. */
  public long parameterCount() {
    return architecture.define(input, head).parameterCount();
  }
}
