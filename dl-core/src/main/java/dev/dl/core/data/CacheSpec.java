package dev.dl.core.data;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * Where prepared samples are kept, so that they are prepared once.
 *
 * @param memoryMegabytes that they may take in memory; {@code null}: half of the JVM's heap
 * @param disk whether pictures that do not fit there are decoded once into a temporary file,
 *     instead of each time; encoded texts and rows always are
 */
public record CacheSpec(
    @Default("null") @Minimum(0) Integer memoryMegabytes, @Default("false") boolean disk) {
  private static final long MEGABYTE = 1 << 20;

  /**
   * Bytes that samples may take in memory.
   *
   * @param otherwise where the user has not said how many
   */
  long memory(long otherwise) {
    return memoryMegabytes == null ? otherwise : memoryMegabytes * MEGABYTE;
  }
}
