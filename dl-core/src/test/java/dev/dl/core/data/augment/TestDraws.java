package dev.dl.core.data.augment;

import dev.dl.core.random.Draws;
import dev.dl.core.random.RandomStream;

/** The draws of one sample in the first epoch. */
final class TestDraws {
  private TestDraws() {}

  static Draws of(int sample) {
    return Draws.of(7, RandomStream.AUGMENTATION.at(0), sample);
  }
}
