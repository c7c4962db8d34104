package dev.dl.core.data;

import dev.dl.core.data.augment.Mix;

/** Targets of samples, each some numbers. */
final class Targets {
  private Targets() {}

  /** The target of a class: its index. */
  static float[] ofClass(int label) {
    return new float[] {label};
  }

  /** For each sample its label, that of its partner, and the share of its own. */
  static float[] mixed(float[] labels, Mix mix) {
    float[] targets = new float[3 * labels.length];
    for (int i = 0; i < labels.length; i++) {
      targets[3 * i] = labels[i];
      targets[3 * i + 1] = labels[mix.partners()[i]];
      targets[3 * i + 2] = (float) mix.share();
    }
    return targets;
  }

  /** The targets of a batch one after the other. */
  static float[] joined(float[][] targets) {
    int length = targets[0].length;
    float[] joined = new float[targets.length * length];
    for (int i = 0; i < targets.length; i++) {
      System.arraycopy(targets[i], 0, joined, i * length, length);
    }
    return joined;
  }
}
