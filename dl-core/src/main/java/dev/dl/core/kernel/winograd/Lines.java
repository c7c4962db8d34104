package dev.dl.core.kernel.winograd;

/**
 * The one-dimensional transforms of F(4, 3), with the points 0, 1, -1, 2, -2 and infinity, and
 * their transposes, which carry gradients. Each reads one line of arrays and writes another, on the
 * first {@code length} elements side by side.
 *
 * <p>The loops are kept small: larger ones are not vectorized by every JIT.
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

  /** Gradients of six points to those of six input pixels: the transpose of {@link #input}. */
  static void inputGradient(Line t, Line d, int length) {
    sum(4, t.at(0), 0, t.at(0), 0, t.at(0), d.at(0), length);
    fold(-1, t, 4, t.at(5), -4, -2, d.at(1), length);
    fold(1, t, -5, t.at(0), -4, -1, d.at(2), length);
    fold(-1, t, -5, t.at(5), 1, 2, d.at(3), length);
    fold(1, t, 1, t.at(0), 1, 1, d.at(4), length);
    System.arraycopy(t.at(5), 0, d.at(5), 0, length);
  }

  /** Six points to four output pixels. */
  static void output(Line m, Line y, int length) {
    fold(1, m, 1, m.at(0), 1, 1, y.at(0), length);
    fold(-1, m, 0, m.at(5), 1, 2, y.at(1), length);
    fold(1, m, 0, m.at(0), 1, 4, y.at(2), length);
    fold(-1, m, 1, m.at(5), 1, 8, y.at(3), length);
  }

  /** Gradients of four output pixels to those of six points: the transpose of {@link #output}. */
  static void outputGradient(Line y, Line m, int length) {
    System.arraycopy(y.at(0), 0, m.at(0), 0, length);
    pair(1, y.at(0), 1, y.at(2), 1, y.at(1), 1, y.at(3), m.at(1), m.at(2), length);
    pair(1, y.at(0), 4, y.at(2), 2, y.at(1), 8, y.at(3), m.at(3), m.at(4), length);
    System.arraycopy(y.at(3), 0, m.at(5), 0, length);
  }

  /** Three kernel elements to six points. */
  static void kernel(Line g, Line u, int length) {
    float[] middle = g.at(1);
    sum(1 / 4f, g.at(0), 0, middle, 0, middle, u.at(0), length);
    pair(-1 / 6f, g.at(0), -1 / 6f, g.at(2), -1 / 6f, middle, 0, middle, u.at(1), u.at(2), length);
    pair(1 / 24f, g.at(0), 1 / 6f, g.at(2), 1 / 12f, middle, 0, middle, u.at(3), u.at(4), length);
    System.arraycopy(g.at(2), 0, u.at(5), 0, length);
  }

  /**
   * Gradients of six points to those of three kernel elements: the transpose of {@link #kernel}.
   */
  static void kernelGradient(Line u, Line g, int length) {
    fold(1, u, 1 / 4f, u.at(0), -1 / 6f, 1 / 24f, g.at(0), length);
    fold(-1, u, 0, u.at(5), -1 / 6f, 1 / 12f, g.at(1), length);
    fold(1, u, 1, u.at(5), -1 / 6f, 1 / 6f, g.at(2), length);
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

  /**
   * A combination of an edge with the points 1 and -1, taken together with {@code sign}, and the
   * points 2 and -2, likewise: {@code e·edge + f·(p1 + sign·p2) + g·(p3 + sign·p4)}.
   */
  private static void fold(
      float sign,
      Line points,
      float e,
      float[] edge,
      float f,
      float g,
      float[] result,
      int length) {
    float[] p1 = points.at(1);
    float[] p2 = points.at(2);
    float[] p3 = points.at(3);
    float[] p4 = points.at(4);
    for (int i = 0; i < length; i++) {
      result[i] = e * edge[i] + f * (p1[i] + sign * p2[i]) + g * (p3[i] + sign * p4[i]);
    }
  }
}
