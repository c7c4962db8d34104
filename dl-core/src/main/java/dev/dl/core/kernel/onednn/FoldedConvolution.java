package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import dev.dl.core.kernel.NormalizedConvolutionKernel;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scaled weights and a bias that do the work of a normalization. They are made anew in each call,
 * for nobody says when weights and statistics change.
 */
final class FoldedConvolution implements NormalizedConvolutionKernel {
  private static final int TILE = 2048;
  private static final int TASK = 1 << 16;

  private final Parallel parallel;
  private final ConvolutionKernel convolution;
  private final double epsilon;
  private final int outputs;
  private final int rowLength;
  private final PointMemory scratch;
  private final INDArray foldedBias;

  /**
   * @param geometry of {@code convolution}, with bias and activation
   * @param epsilon added to the variance
   * @param scratch for the folded weights, shared by all convolutions of one {@code Kernels}
   */
  FoldedConvolution(
      Parallel parallel,
      ConvolutionGeometry geometry,
      ConvolutionKernel convolution,
      double epsilon,
      PointMemory scratch) {
    this.parallel = parallel;
    this.convolution = convolution;
    this.epsilon = epsilon;
    this.outputs = geometry.outputs();
    this.rowLength = geometry.weightsPerOutput();
    this.scratch = scratch;
    this.foldedBias = DenseArrays.allocate(DataType.FLOAT, outputs);
  }

  @Override
  public void forward(
      INDArray input,
      INDArray weights,
      INDArray bias,
      Affine affine,
      Running running,
      INDArray output) {
    double[] slopes = slopes(affine, running);
    DenseArrays.write(bias(bias, slopes, affine, running), foldedBias);
    INDArray foldedWeights = scratch.ofLength((long) outputs * rowLength);
    scale(DenseArrays.buffer(weights), slopes, DenseArrays.buffer(foldedWeights));
    convolution.forward(input, foldedWeights, foldedBias, output);
  }

  private double[] slopes(Affine affine, Running running) {
    float[] scales = DenseArrays.read(affine.scale());
    float[] variances = DenseArrays.read(running.variance());
    double[] slopes = new double[outputs];
    for (int c = 0; c < outputs; c++) {
      slopes[c] = scales[c] / Math.sqrt(variances[c] + epsilon);
    }
    return slopes;
  }

  private float[] bias(INDArray bias, double[] slopes, Affine affine, Running running) {
    float[] biases = bias == null ? new float[outputs] : DenseArrays.read(bias);
    float[] shifts = DenseArrays.read(affine.shift());
    float[] means = DenseArrays.read(running.mean());
    float[] folded = new float[outputs];
    for (int c = 0; c < outputs; c++) {
      folded[c] = (float) (shifts[c] - ((double) means[c] - biases[c]) * slopes[c]);
    }
    return folded;
  }

  /** Each output's weights, a row, times its slope. */
  private void scale(FloatBuffer weights, double[] slopes, FloatBuffer scaled) {
    int tasks = (int) Math.max(1, Math.min(outputs, (long) outputs * rowLength / TASK));
    parallel.run(
        tasks,
        task ->
            scaleRows(weights, slopes, scaled, firstRow(task, tasks), firstRow(task + 1, tasks)));
  }

  private int firstRow(int task, int tasks) {
    return (int) ((long) outputs * task / tasks);
  }

  private void scaleRows(
      FloatBuffer weights, double[] slopes, FloatBuffer scaled, int first, int end) {
    int tileRows = Math.max(1, TILE / rowLength);
    float[] tile = new float[tileRows * rowLength];
    for (int row = first; row < end; row += tileRows) {
      int count = Math.min(tileRows, end - row);
      weights.get(row * rowLength, tile, 0, count * rowLength);
      for (int i = 0; i < count; i++) {
        scaleRow(tile, i * rowLength, (float) slopes[row + i]);
      }
      scaled.put(row * rowLength, tile, 0, count * rowLength);
    }
  }

  private void scaleRow(float[] tile, int start, float slope) {
    for (int i = start; i < start + rowLength; i++) {
      tile[i] *= slope;
    }
  }
}
