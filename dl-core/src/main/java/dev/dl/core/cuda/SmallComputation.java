package dev.dl.core.cuda;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.DenseKernel;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Window;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrix products and a convolution, forward and backward, beside the same in plain loops. All
 * values are small whole numbers, so that lower precision in the multiplication (TF32) gives the
 * same.
 */
final class SmallComputation {
  private static final double TOLERANCE = 1e-3;
  private static final int BATCH = 4;
  private static final ImageShape IMAGE = new ImageShape(8, 12, 12);
  private static final int OUTPUTS = 16;
  private static final int WINDOW = 3;
  private static final int FEATURES = 64;

  private final int inputs;
  private final int height;
  private final int width;
  private final int window;
  private final float[] input;
  private final float[] weights;
  private final float[] outputGradient;
  private final float[] output;
  private final float[] inputGradient;
  private final float[] weightGradient;

  private SmallComputation(int inputs, int height, int width, int window) {
    this.inputs = inputs;
    this.height = height;
    this.width = width;
    this.window = window;
    this.input = wholeNumbers(BATCH * inputs * height * width, 7);
    this.weights = wholeNumbers(OUTPUTS * inputs * window * window, 5);
    this.outputGradient = wholeNumbers(BATCH * OUTPUTS * height * width, 3);
    this.output = new float[outputGradient.length];
    this.inputGradient = new float[input.length];
    this.weightGradient = new float[weights.length];
  }

  /**
   * Where the kernels, whose images are channels first, differ from the loops; empty if nowhere.
   */
  static Optional<String> difference(Kernels kernels) {
    return ofProduct(kernels).or(() -> ofConvolution(kernels));
  }

  private static Optional<String> ofProduct(Kernels kernels) {
    SmallComputation expected = new SmallComputation(FEATURES, 1, 1, 1);
    expected.compute();
    DenseKernel kernel = kernels.dense(FEATURES, OUTPUTS, Activation.NONE);
    INDArray input = array(expected.input, BATCH, FEATURES);
    INDArray weights = array(expected.weights, OUTPUTS, FEATURES);
    INDArray output = Nd4j.create(BATCH, OUTPUTS);
    INDArray inputGradient = input.ulike();
    INDArray weightGradient = weights.ulike();
    kernel.forward(input, weights, null, output);
    kernel.backward(
        input,
        weights,
        output,
        array(expected.outputGradient, BATCH, OUTPUTS),
        inputGradient,
        weightGradient,
        null);
    return expected.difference("matrix product", output, inputGradient, weightGradient);
  }

  private static Optional<String> ofConvolution(Kernels kernels) {
    SmallComputation expected =
        new SmallComputation(IMAGE.channels(), IMAGE.height(), IMAGE.width(), WINDOW);
    expected.compute();
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(
            IMAGE, OUTPUTS, Window.centred(WINDOW, 1), 1, false, Activation.NONE);
    ConvolutionKernel kernel = kernels.convolution(geometry);
    INDArray input = array(expected.input, BATCH, IMAGE.channels(), IMAGE.height(), IMAGE.width());
    INDArray weights = array(expected.weights, geometry.weightShape());
    INDArray output = Nd4j.create(BATCH, OUTPUTS, IMAGE.height(), IMAGE.width());
    INDArray inputGradient = input.ulike();
    INDArray weightGradient = weights.ulike();
    kernel.forward(input, weights, null, output);
    kernel.backward(
        input,
        weights,
        output,
        array(expected.outputGradient, output.shape()),
        inputGradient,
        weightGradient,
        null);
    return expected.difference("convolution", output, inputGradient, weightGradient);
  }

  /** In plain loops; a matrix product is the convolution of images of one pixel. */
  private void compute() {
    for (int sample = 0; sample < BATCH; sample++) {
      for (int to = 0; to < OUTPUTS; to++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            pixel(sample, to, y, x);
          }
        }
      }
    }
  }

  private void pixel(int sample, int to, int y, int x) {
    int place = ((sample * OUTPUTS + to) * height + y) * width + x;
    for (int from = 0; from < inputs; from++) {
      for (int row = 0; row < window; row++) {
        for (int column = 0; column < window; column++) {
          int fromY = y + row - window / 2;
          int fromX = x + column - window / 2;
          if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) {
            continue;
          }
          int read = ((sample * inputs + from) * height + fromY) * width + fromX;
          int weight = ((to * inputs + from) * window + row) * window + column;
          output[place] += input[read] * weights[weight];
          inputGradient[read] += outputGradient[place] * weights[weight];
          weightGradient[weight] += outputGradient[place] * input[read];
        }
      }
    }
  }

  private Optional<String> difference(
      String what, INDArray output, INDArray inputGradient, INDArray weightGradient) {
    return difference(what, this.output, output)
        .or(() -> difference(what + "'s input gradient", this.inputGradient, inputGradient))
        .or(() -> difference(what + "'s weight gradient", this.weightGradient, weightGradient));
  }

  private static Optional<String> difference(String what, float[] expected, INDArray computed) {
    float[] values = computed.dup('c').data().asFloat();
    for (int i = 0; i < expected.length; i++) {
      // not >, so that what is not a number differs
      if (!(Math.abs(values[i] - expected[i]) <= TOLERANCE * Math.max(1, Math.abs(expected[i])))) {
        return Optional.of(
            String.format(
                Locale.ROOT, "%s: %s at %d, the CPU has %s", what, values[i], i, expected[i]));
      }
    }
    return Optional.empty();
  }

  private static INDArray array(float[] values, long... shape) {
    return Nd4j.createFromArray(values).reshape('c', shape);
  }

  /** From -3 to 3, in an order that does not repeat with the rows of an array. */
  private static float[] wholeNumbers(int count, int seed) {
    float[] values = new float[count];
    int state = seed;
    for (int i = 0; i < count; i++) {
      state = state * 1103515245 + 12345;
      values[i] = (state >>> 16) % 7 - 3;
    }
    return values;
  }
}
