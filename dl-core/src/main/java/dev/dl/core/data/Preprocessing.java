package dev.dl.core.data;

import java.util.List;

/**
 * What a trained network expects and means, kept with the run so that prediction treats a file as
 * training treated it.
 *
 * @param shape the shape of the network's input
 * @param normalization fitted on the training split
 * @param classNames by class index
 */
public record Preprocessing(
    ImageShape shape, Normalization normalization, List<String> classNames) {

  public Preprocessing {
    classNames = List.copyOf(classNames);
  }

  public float[] read(java.nio.file.Path file) throws java.io.IOException {
    throw new java.io.IOException(file + ": prediction is being merged");
  }
}
