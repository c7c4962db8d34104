package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;

/**
 * Samples with their targets in a fixed order. Safe to read from several threads.
 *
 * @param <T> what a sample is: a picture, the ids of a text's tokens, the features of a row
 */
interface Dataset<T> {

  /** Number of samples. */
  int size();

  /** What the network is to answer, encoded: a class index, or numbers; the same length for all. */
  float[] target(int sample);

  /**
   * One sample.
   *
   * @throws DataException if it can no longer be read
   */
  T read(int sample);

  /** SHA-256 of a sample's content, whatever its target. */
  byte[] digest(int sample);

  /**
   * Where a sample comes from: {@code flowers/rose/17.png} or {@code reviews.csv:18} where it has a
   * file, or else {@code train 17}.
   */
  String name(int sample);

  /** What reading costs. */
  Access access();
}
