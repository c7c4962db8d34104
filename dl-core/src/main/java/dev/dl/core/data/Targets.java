package dev.dl.core.data;

/** Targets of samples, each some numbers. */
final class Targets {
  private Targets() {}

  /** The target of a class: its index. */
  static float[] ofClass(int label) {
    return new float[] {label};
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
