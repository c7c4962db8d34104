package dev.dl.core.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What this machine can do, measured. */
public final class Machine {
  private static final int SIZE = 2048;
  private static final int TRIES = 8;
  private static final Path STATUS = Path.of("/proc/self/status");

  private Machine() {}

  /**
   * The best of several float32 products of 2048 x 2048 matrices by ND4J, in 10⁹ operations per
   * second.
   */
  public static double peakGigaflops() {
    try (INDArray left = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
        INDArray right = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
        INDArray product = Nd4j.createUninitialized(DataType.FLOAT, new long[] {SIZE, SIZE}, 'f')) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < TRIES; i++) {
        long start = System.nanoTime();
        Nd4j.gemm(left, right, product, false, false, 1, 0);
        best = Math.min(best, System.nanoTime() - start);
      }
      return 2.0 * SIZE * SIZE * SIZE / best;
    }
  }

  /** The largest resident memory that this process ever had; -1 where the system does not tell. */
  public static long peakResidentMebibytes() {
    return mebibytes(peakResidentBytes());
  }

  /** The same in bytes. */
  public static long peakResidentBytes() {
    return status("VmHWM:");
  }

  /** The resident memory of this process; -1 where the system does not tell. */
  public static long residentMebibytes() {
    return mebibytes(status("VmRSS:"));
  }

  private static long mebibytes(long bytes) {
    return bytes < 0 ? bytes : bytes >> 20;
  }

  private static long status(String entry) {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(entry))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(-1);
    } catch (IOException unknown) {
      return -1;
    }
  }
}
