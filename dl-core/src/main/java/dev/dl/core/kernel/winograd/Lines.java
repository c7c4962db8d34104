package dev.dl.core.kernel.winograd;

/**
 * The one-dimensional transforms of F(4, 3), with the points 0, 1, -1, 2, -2 and infinity. Each
 * reads one line of arrays and writes another, on the first {@code length} elements side by side.
 *
 * <p>The loops are kept to two results each: larger ones are not vectorized by every JIT.
 */
final class Lines {
  private Lines() {}

  /** The arrays {@code start}, {@code start + step}, … of a table. */
  record Line(float[][] table, int start, int step) {
    float[] at(int i) {
      return table[start + i * step];
    }
  }

  /** Six input pixels to six points. */
  static void input(Line d, Line t, int length) {
    sum(4, d.at(0), -5, d.at(2), 1, d.at(4), t.at(0), length);
    pair(-4, d.at(2), 1, d.at(4), -4, d.at(1), 1, d.at(3), t.at(1), t.at(2), length);
    pair(-1, d.at(2), 1, d.at(4), -2, d.at(1), 2, d.at(3), t.at(3), t.at(4), length);
    sum(4, d.at(1), -5, d.at(3), 1, d.at(5), t.at(5), length);
  }

  /** Six points to four output pixels. */
  static void output(Line m, Line y, int length) {
    even(m.at(0), m.at(1), m.at(2), m.at(3), m.at(4), y.at(0), y.at(2), length);
    odd(m.at(5), m.at(1), m.at(2), m.at(3), m.at(4), y.at(3), y.at(1), length);
  }

  /** Gradients of four output pixels to six points: the transpose of {@link #output}. */
  static void outputGradient(Line y, Line m, int length) {
    System.arraycopy(y.at(0), 0, m.at(0), 0, length);
    pair(1, y.at(0), 1, y.at(2), 1, y.at(1), 1, y.at(3), m.at(1), m.at(2), length);
    pair(1, y.at(0), 4, y.at(2), 2, y.at(1), 8, y.at(3), m.at(3), m.at(4), length);
    System.arraycopy(y.at(3), 0, m.at(5), 0, length);
  }

  /** Three kernel elements to six points. */
  static void kernel(Line g, Line u, int length) {
    sum(1 / 4f, g.at(0), 0, g.at(1), 0, g.at(2), u.at(0), length);
    pair(
        -1 / 6f, g.at(0), -1 / 6f, g.at(2), -1 / 6f, g.at(1), 0, g.at(1), u.at(1), u.at(2), length);
    pair(1 / 24f, g.at(0), 1 / 6f, g.at(2), 1 / 12f, g.at(1), 0, g.at(1), u.at(3), u.at(4), length);
    System.arraycopy(g.at(2), 0, u.at(5), 0, length);
  }

  /** Six points to the gradients of three kernel elements: the transpose of {@link #kernel}. */
  static void kernelGradient(Line u, Line g, int length) {
    for (int point = 1; point <= 3; point += 2) {
      pair(
          1,
          u.at(point),
          0,
          u.at(point),
          1,
          u.at(point + 1),
          0,
          u.at(point),
          u.at(point),
          u.at(point + 1),
          length);
    }
    sum(1 / 4f, u.at(0), -1 / 6f, u.at(1), 1 / 24f, u.at(3), g.at(0), length);
    sum(-1 / 6f, u.at(2), 1 / 12f, u.at(4), 0, u.at(4), g.at(1), length);
    sum(-1 / 6f, u.at(1), 1 / 6f, u.at(3), 1, u.at(5), g.at(2), length);
  }

  /** {@code sum = f·a + g·b + h·c}. */
  private static void sum(
      float f, float[] a, float g, float[] b, float h, float[] c, float[] sum, int length) {
    for (int i = 0; i < length; i++) {
      sum[i] = f * a[i] + g * b[i] + h * c[i];
    }
  }

  /** Sum and difference of {@code e·a + f·b} and {@code g·c + h·d}. */
  private static void pair(
      float e,
      float[] a,
      float f,
      float[] b,
      float g,
      float[] c,
      float h,
      float[] d,
      float[] sum,
      float[] difference,
      int length) {
    for (int i = 0; i < length; i++) {
      float even = e * a[i] + f * b[i];
      float odd = g * c[i] + h * d[i];
      sum[i] = even + odd;
      difference[i] = even - odd;
    }
  }

  private static void even(
      float[] edge,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float[] near,
      float[] far,
      int length) {
    for (int i = 0; i < length; i++) {
      float one = a[i] + b[i];
      float two = c[i] + d[i];
      near[i] = edge[i] + one + two;
      far[i] = one + 4 * two;
    }
  }

  private static void odd(
      float[] edge,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float[] near,
      float[] far,
      int length) {
    for (int i = 0; i < length; i++) {
      float one = a[i] - b[i];
      float two = c[i] - d[i];
      near[i] = edge[i] + one + 8 * two;
      far[i] = one + 2 * two;
    }
  }
}
