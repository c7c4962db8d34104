package dev.dl.core.kernel;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * A program that looks through arrays that nobody holds, while garbage is collected. What is freed
 * of the large ones is gone at once, so reading it crashes.
 */
final class ForgottenArrays {
  private static final int LARGE = 1 << 26;
  private static final int UNTIL_COMPILED = 50_000;

  private ForgottenArrays() {}

  public static void main(String[] arguments) {
    // What is interpreted holds its arrays; only what is compiled lets go of them.
    boolean finite = areFinite(UNTIL_COMPILED, 1);
    Thread collector =
        new Thread(
            () -> {
              while (true) {
                System.gc();
              }
            });
    collector.setDaemon(true);
    collector.start();
    finite &= areFinite(10, LARGE);
    if (!finite) {
      throw new IllegalStateException("got a number that is not finite, expected zeros");
    }
  }

  private static boolean areFinite(int count, int length) {
    boolean finite = true;
    for (int i = 0; i < count; i++) {
      finite &= isFinite(length);
    }
    return finite;
  }

  private static boolean isFinite(int length) {
    return DenseArrays.isFinite(DenseArrays.allocate(DataType.FLOAT, length));
  }
}
