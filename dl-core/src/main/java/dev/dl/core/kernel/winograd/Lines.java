package dev.dl.core.kernel.winograd;

/**
 * The one-dimensional transforms of F(4, 3), with the points 0, 2/3, -2/3, 3/2, -3/2 and infinity,
 * and their transposes, which carry gradients. Each reads one line of arrays and writes another, on
 * the first {@code length} elements side by side.
 *
 * <p>Rounding follows from the points: with those of Lavin and Gray, 1, -1, 2 and -2, it is twice
 * as large. Of pairs a, 1/a these are the best but for hundredths ({@code
 * tools/winograd_points.py}; Barabasz et al. 2020, https://arxiv.org/abs/1803.10986, on how points
 * are chosen).
 *
 * <p>The loops are kept small: larger ones are not vectorized by every JIT.
 */
final class Lines {
  /** The points A, -A, B and -B; A times B is 1. */
  private static final float A = 2 / 3f;

  private static final float B = 3 / 2f;
  private static final float A2 = 4 / 9f;
  private static final float B2 = 9 / 4f;
  private static final float A3 = 8 / 27f;
  private static final float B3 = 27 / 8f;

  /** A² + B². */
  private static final float SQUARES = 97 / 36f;

  // What the points' polynomials are divided by, 2A²(A² - B²) and 2B²(B² - A²), in the kernel's
  // three elements.
  private static final float KERNEL_A = -81 / 130f;
  private static final float KERNEL_B = 8 / 65f;
  private static final float KERNEL_A1 = -27 / 65f;
  private static final float KERNEL_B1 = 12 / 65f;
  private static final float KERNEL_2 = 18 / 65f;

  private Lines() {}

  /** The arrays {@code start}, {@code start + step}, … of a table. */
  record Line(float[][] table, int start, int step) {
    float[] at(int i) {
      return table[start + i * step];
    }
  }

  /** Six input pixels to six points. */
  static void input(Line d, Line t, int length) {
    sum(1, d.at(0), -SQUARES, d.at(2), 1, d.at(4), t.at(0), length);
    pair(-B2, d.at(2), 1, d.at(4), -B, d.at(1), A, d.at(3), t.at(1), t.at(2), length);
    pair(-A2, d.at(2), 1, d.at(4), -A, d.at(1), B, d.at(3), t.at(3), t.at(4), length);
    sum(1, d.at(1), -SQUARES, d.at(3), 1, d.at(5), t.at(5), length);
  }

  /** Gradients of six points to those of six input pixels: the transpose of {@link #input}. */
  static void inputGradient(Line t, Line d, int length) {
    copy(t.at(0), d.at(0), length);
    fold(-1, t, 1, t.at(5), -B, -A, d.at(1), length);
    fold(1, t, -SQUARES, t.at(0), -B2, -A2, d.at(2), length);
    fold(-1, t, -SQUARES, t.at(5), A, B, d.at(3), length);
    fold(1, t, 1, t.at(0), 1, 1, d.at(4), length);
    copy(t.at(5), d.at(5), length);
  }

  /** Six points to four output pixels. */
  static void output(Line m, Line y, int length) {
    fold(1, m, 1, m.at(0), 1, 1, y.at(0), length);
    fold(-1, m, 0, m.at(5), A, B, y.at(1), length);
    fold(1, m, 0, m.at(0), A2, B2, y.at(2), length);
    fold(-1, m, 1, m.at(5), A3, B3, y.at(3), length);
  }

  /** Gradients of four output pixels to those of six points: the transpose of {@link #output}. */
  static void outputGradient(Line y, Line m, int length) {
    copy(y.at(0), m.at(0), length);
    pair(1, y.at(0), A2, y.at(2), A, y.at(1), A3, y.at(3), m.at(1), m.at(2), length);
    pair(1, y.at(0), B2, y.at(2), B, y.at(1), B3, y.at(3), m.at(3), m.at(4), length);
    copy(y.at(3), m.at(5), length);
  }

  /** Three kernel elements to six points. */
  static void kernel(Line g, Line u, int length) {
    float[] first = g.at(0);
    float[] middle = g.at(1);
    float[] last = g.at(2);
    copy(first, u.at(0), length);
    pair(KERNEL_A, first, -KERNEL_2, last, KERNEL_A1, middle, 0, middle, u.at(1), u.at(2), length);
    pair(KERNEL_B, first, KERNEL_2, last, KERNEL_B1, middle, 0, middle, u.at(3), u.at(4), length);
    copy(last, u.at(5), length);
  }

  /**
   * Gradients of six points to those of three kernel elements: the transpose of {@link #kernel}.
   */
  static void kernelGradient(Line u, Line g, int length) {
    fold(1, u, 1, u.at(0), KERNEL_A, KERNEL_B, g.at(0), length);
    fold(-1, u, 0, u.at(5), KERNEL_A1, KERNEL_B1, g.at(1), length);
    fold(1, u, 1, u.at(5), -KERNEL_2, KERNEL_2, g.at(2), length);
  }

  private static void copy(float[] from, float[] to, int length) {
    System.arraycopy(from, 0, to, 0, length);
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
   * A combination of an edge with the points A and -A, taken together with {@code sign}, and the
   * points B and -B, likewise: {@code e·edge + f·(p1 + sign·p2) + g·(p3 + sign·p4)}.
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
