package dev.dl.core.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A loss over a batch. Where a device computed it, its figures stay there until one is asked for:
 * then all are fetched at once.
 */
public final class LossResult {
  public static final LossResult NOTHING = new LossResult(0, 0, 0);

  private final INDArray onDevice;
  private double[] fetched;

  private LossResult(INDArray onDevice, double[] fetched) {
    this.onDevice = onDevice;
    this.fetched = fetched;
  }

  /**
   * Figures that are known.
   *
   * @param sum of the losses of all rows that have a target
   * @param correct rows whose outputs say what their target says, as {@link Loss} has it
   * @param counted rows that have a target
   */
  public LossResult(double sum, int correct, int counted) {
    this(null, new double[] {sum, correct, counted});
  }

  /**
   * Figures that a device is about to compute.
   *
   * @param figures sum, correct and counted rows, in double precision; copied, on the device
   */
  public static LossResult onDevice(INDArray figures) {
    INDArray kept = DenseArrays.allocate(DataType.DOUBLE, figures.length()).assign(figures);
    return new LossResult(kept, null);
  }

  /** Both batches as one. */
  public LossResult plus(LossResult other) {
    if (this == NOTHING || other == NOTHING) {
      return this == NOTHING ? other : this;
    }
    if (fetched != null && other.fetched != null) {
      return new LossResult(
          sum() + other.sum(), correct() + other.correct(), counted() + other.counted());
    }
    return new LossResult(figures().add(other.figures()), null);
  }

  private INDArray figures() {
    return onDevice == null ? Nd4j.createFromArray(fetched) : onDevice;
  }

  /** The sum of the losses of all rows that have a target. */
  public double sum() {
    return fetch()[0];
  }

  /** Rows whose outputs say what their target says, as {@link Loss} has it. */
  public int correct() {
    return (int) fetch()[1];
  }

  /** Rows that have a target. */
  public int counted() {
    return (int) fetch()[2];
  }

  /** The same, fetched by the calling thread, whose device it is. */
  public LossResult fetched() {
    fetch();
    return this;
  }

  private double[] fetch() {
    if (fetched == null) {
      fetched = onDevice.toDoubleVector();
    }
    return fetched;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LossResult result && Arrays.equals(fetch(), result.fetch());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(fetch());
  }

  @Override
  public String toString() {
    return "LossResult(sum %s, %d of %d correct)".formatted(sum(), correct(), counted());
  }
}
