package dev.dl.core.data.augment;

/** What the constructors of this package check. */
final class Check {
  private Check() {}

  static void argument(boolean holds, String found) {
    if (!holds) {
      throw new IllegalArgumentException(found);
    }
  }

  static void probability(double probability) {
    argument(probability >= 0 && probability <= 1, "probability " + probability);
  }
}
