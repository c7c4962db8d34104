package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Arguments.Scales;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN's kernels, forwards and backwards, against ND4J's in double precision: random, tiny, huge
 * and denormal values and NaN, in views of odd sizes. Errors are relative to the largest value of
 * an array.
 */
final class KernelAccuracyTest {
  /** A denormal number of 1e-40 has sixteen bits. */
  private static final double DENORMAL_ERROR = 1e-4;

  private static final float HUGE = 1e30f;

  /** Whose square is a number yet. */
  private static final float LARGE = 1e15f;

  private static final Kernels ONEDNN =
      new OneDnnKernels(Parallel.onOpenMp(2), ConvolutionRule.DIRECT);
  private static final Kernels EXACT = new Nd4jKernels(DataType.DOUBLE);
  private static final int BATCH = 3;
  private static final int LENGTH = 5;
  private static final int FEATURES = 7;
  private static final ImageShape IMAGE = new ImageShape(5, 9, 7);
  private static final DropoutMask DROPOUT = new DropoutMask(0.25, 3, 5);

  /** Ones with gaps, nothing, and everything. */
  private static final float[] MASK = {1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1};

  private static final float[] IDS = {0, 3, 10, 3, 3, 1, 2, 4, 5, 9, 6, 3, 3, 0, 9};

  /** The passes of a kernel, which returns what they wrote: the output first. */
  private interface Passes {
    INDArray[] run(Kernels kernels, Arguments arguments);
  }

  /**
   * A kernel.
   *
   * @param error the largest
   * @param largest size of its inputs
   */
  private record Kernel(String name, double error, float largest, Passes passes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kernel> kernels() {
    return Stream.of(
        convolution("convolution", Window.centred(3, 1), 1, 11),
        convolution("strided convolution", Window.centred(5, 2), 1, 3),
        convolution("dilated convolution", new Window(3, 1, 2, 2), 1, 3),
        convolution("pointwise convolution", Window.of(1, 1, 0), 1, 17),
        convolution("depthwise convolution", Window.centred(3, 1), 5, 5),
        convolution("grouped convolution", Window.centred(3, 2), 5, 15),
        new Kernel("transposed convolution", 2e-6, HUGE, KernelAccuracyTest::transposedConvolution),
        pooling("maximum", false, 1e-7),
        pooling("mean", true, 2e-7),
        batchNormalization("batch normalization", Activation.NONE),
        batchNormalization("batch normalization with ReLU", Activation.RELU),
        batchNormalization("batch normalization with tanh", Activation.TANH),
        new Kernel("running normalization", 1e-6, HUGE, KernelAccuracyTest::runningNormalization),
        new Kernel("group normalization", 5e-6, LARGE, KernelAccuracyTest::groupNormalization),
        rowNormalization("layer normalization", Kernels::layerNormalization),
        rowNormalization("RMS normalization", Kernels::rmsNormalization),
        new Kernel("dense", 2e-6, HUGE, KernelAccuracyTest::dense),
        new Kernel("addition", 1e-7, HUGE, KernelAccuracyTest::addition),
        new Kernel("scaled channels", 1e-6, HUGE, KernelAccuracyTest::scaledChannels),
        new Kernel("mean over pixels", 1e-6, HUGE, KernelAccuracyTest::meanOverPixels),
        new Kernel("subsampling", 0, HUGE, KernelAccuracyTest::subsampling),
        new Kernel("flattening", 0, HUGE, KernelAccuracyTest::flattening),
        new Kernel("unflattening", 0, HUGE, KernelAccuracyTest::unflattening),
        new Kernel("embedding", 2e-7, HUGE, KernelAccuracyTest::embedding),
        new Kernel("dropout", 2e-7, HUGE, KernelAccuracyTest::dropout),
        new Kernel("added rows", 2e-7, HUGE, KernelAccuracyTest::addedRows),
        new Kernel("mean over sequences", 5e-7, HUGE, KernelAccuracyTest::meanOverSequences),
        new Kernel("last steps", 0, HUGE, KernelAccuracyTest::lastSteps),
        new Kernel("cross-entropy", 1e-7, HUGE, KernelAccuracyTest::crossEntropy));
  }

  /** All but the maximum, of which oneDNN leaves a NaN out. */
  static Stream<Kernel> kernelsOfAllValues() {
    return kernels().filter(kernel -> !kernel.name.equals("maximum of windows"));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void agreesWithDoublePrecision(Kernel kernel) {
    requireError(kernel, new Scales(1, 1), kernel.error);
    requireError(kernel, new Scales(kernel.largest, 1), kernel.error);
    requireError(kernel, new Scales(1e-30f, 1), kernel.error);
    requireError(kernel, new Scales(1, HUGE), kernel.error);
    requireError(kernel, new Scales(1, 1e-30f), kernel.error);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void keepsDenormalNumbers(Kernel kernel) {
    requireError(kernel, new Scales(1e-40f, 1), DENORMAL_ERROR);
    requireError(kernel, new Scales(1, 1e-40f), DENORMAL_ERROR);
  }

  /** The first value is of the first sample, channel and row, the last of others. */
  @ParameterizedTest
  @MethodSource("kernelsOfAllValues")
  void passesNotANumberOnWhereItBelongsOnly(Kernel kernel) {
    Arguments arguments = Arguments.poisoned(ONEDNN);
    float[] output = arguments.read(kernel.passes.run(ONEDNN, arguments)[0]);
    assertThat(output[0]).isNaN();
    assertThat(output[output.length - 1]).isFinite();
  }

  private static void requireError(Kernel kernel, Scales scales, double most) {
    Arguments arguments = new Arguments(ONEDNN, scales);
    Arguments same = new Arguments(EXACT, scales);
    INDArray[] found = kernel.passes.run(ONEDNN, arguments);
    INDArray[] wanted = kernel.passes.run(EXACT, same);
    for (int i = 0; i < found.length; i++) {
      assertThat(error(arguments.read(found[i]), same.read(wanted[i])))
          .as("array %d of %s with %s", i, kernel, scales)
          .isLessThanOrEqualTo(most);
    }
    arguments.requireNothingWrittenOutside();
  }

  private static double error(float[] found, float[] wanted) {
    double largest = Float.MIN_VALUE;
    double error = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      error = Math.max(error, Math.abs((double) found[i] - wanted[i]));
    }
    return error / largest;
  }

  private static Kernel convolution(String name, Window window, int groups, int outputs) {
    var geometry =
        new ConvolutionGeometry(IMAGE, outputs, window, groups, true, Activation.LEAKY_RELU);
    return new Kernel(
        name,
        2e-6,
        HUGE,
        (kernels, arguments) -> {
          ConvolutionKernel kernel = kernels.convolution(geometry);
          INDArray input = arguments.input(BATCH, IMAGE);
          INDArray weights = arguments.weights(geometry.weightShape());
          INDArray bias = arguments.input(outputs);
          INDArray output = arguments.empty(BATCH, geometry.output());
          kernel.forward(input, weights, bias, output);
          INDArray gradient = arguments.gradient(BATCH, geometry.output());
          INDArray ofInput = arguments.empty(BATCH, IMAGE);
          INDArray ofWeights = arguments.empty(weights.shape());
          INDArray ofBias = arguments.empty(outputs);
          kernel.backward(input, weights, output, gradient, ofInput, ofWeights, ofBias);
          return new INDArray[] {output, ofInput, ofWeights, ofBias};
        });
  }

  private static INDArray[] transposedConvolution(Kernels kernels, Arguments arguments) {
    var geometry =
        new ConvolutionGeometry(IMAGE, 3, Window.centred(3, 2), 1, false, Activation.NONE);
    TransposedConvolutionKernel kernel = kernels.transposedConvolution(geometry);
    INDArray input = arguments.input(BATCH, geometry.output());
    INDArray weights = arguments.weights(geometry.weightShape());
    INDArray output = arguments.empty(BATCH, IMAGE);
    kernel.forward(input, weights, output);
    INDArray ofInput = arguments.empty(BATCH, geometry.output());
    INDArray ofWeights = arguments.empty(weights.shape());
    kernel.backward(input, weights, arguments.gradient(BATCH, IMAGE), ofInput, ofWeights);
    return new INDArray[] {output, ofInput, ofWeights};
  }

  private static Kernel pooling(String name, boolean average, double error) {
    var geometry = new PoolingGeometry(IMAGE, average, Window.centred(3, 2));
    return new Kernel(
        name + " of windows",
        error,
        HUGE,
        (kernels, arguments) -> {
          PoolingKernel kernel = kernels.pooling(geometry);
          INDArray input = arguments.input(BATCH, IMAGE);
          INDArray output = arguments.empty(BATCH, geometry.output());
          kernel.forward(input, output, true);
          INDArray ofInput = arguments.empty(BATCH, IMAGE);
          kernel.backward(input, arguments.gradient(BATCH, geometry.output()), ofInput);
          return new INDArray[] {output, ofInput};
        });
  }

  private static Kernel batchNormalization(String name, Activation activation) {
    var geometry = new NormalizationGeometry(IMAGE, 1e-5, 0.1, activation);
    return new Kernel(
        name,
        5e-6,
        LARGE,
        (kernels, arguments) -> {
          NormalizationKernel kernel = kernels.batchNormalization(geometry);
          INDArray input = arguments.input(BATCH, IMAGE);
          Affine affine = affine(arguments, IMAGE.channels());
          if (activation == Activation.NONE) {
            affine.shift().assign(0); // outputs of tiny inputs are tiny
          }
          Running running = running(arguments);
          INDArray output = arguments.empty(BATCH, IMAGE);
          kernel.forwardTraining(input, affine, running, output);
          INDArray gradient = arguments.gradient(BATCH, IMAGE);
          INDArray ofInput = arguments.empty(BATCH, IMAGE);
          Affine gradients =
              new Affine(arguments.empty(IMAGE.channels()), arguments.empty(IMAGE.channels()));
          kernel.backward(input, affine, output, gradient, ofInput, gradients);
          return new INDArray[] {
            output,
            ofInput,
            gradients.scale(),
            gradients.shift(),
            running.mean(),
            running.variance()
          };
        });
  }

  private static INDArray[] runningNormalization(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(BATCH, IMAGE);
    Affine affine = new Affine(arguments.weights(5), arguments.input(5));
    Running running = new Running(arguments.input(5), running(arguments).variance());
    INDArray output = arguments.empty(BATCH, IMAGE);
    kernels
        .batchNormalization(new NormalizationGeometry(IMAGE, 1e-5, 0.1, Activation.RELU))
        .forwardInference(input, affine, running, output);
    return new INDArray[] {output};
  }

  private static Running running(Arguments arguments) {
    return new Running(
        arguments.weights(IMAGE.channels()), arguments.of(new float[] {1, 2, .5f, .1f, 3}, 5));
  }

  private static Affine affine(Arguments arguments, int features) {
    return new Affine(arguments.weights(features), arguments.weights(features));
  }

  private static INDArray[] groupNormalization(Kernels kernels, Arguments arguments) {
    ImageShape image = new ImageShape(6, 9, 7);
    GroupNormalizationKernel kernel = kernels.groupNormalization(image, 3, 1e-5);
    INDArray input = arguments.input(BATCH, image);
    Affine affine = affine(arguments, 6);
    INDArray output = arguments.empty(BATCH, image);
    kernel.forward(input, affine, output);
    INDArray ofInput = arguments.empty(BATCH, image);
    Affine gradients = new Affine(arguments.empty(6), arguments.empty(6));
    kernel.backward(input, affine, arguments.gradient(BATCH, image), ofInput, gradients);
    return new INDArray[] {output, ofInput, gradients.scale(), gradients.shift()};
  }

  private interface RowNormalization {
    RowNormalizationKernel of(Kernels kernels, int features, double epsilon);
  }

  private static Kernel rowNormalization(String name, RowNormalization normalization) {
    return new Kernel(
        name,
        1e-5,
        LARGE,
        (kernels, arguments) -> {
          RowNormalizationKernel kernel = normalization.of(kernels, FEATURES, 1e-5);
          INDArray input = arguments.input(BATCH, LENGTH, FEATURES);
          Affine affine = affine(arguments, FEATURES);
          INDArray output = arguments.empty(input.shape());
          kernel.forward(input, affine.scale(), affine.shift(), output);
          INDArray gradient = arguments.gradient(input.shape());
          INDArray ofInput = arguments.empty(input.shape());
          INDArray ofScale = arguments.empty(FEATURES);
          INDArray ofShift = arguments.empty(FEATURES);
          kernel.backward(input, affine.scale(), gradient, ofInput, ofScale, ofShift);
          return new INDArray[] {output, ofInput, ofScale};
        });
  }

  private static INDArray[] dense(Kernels kernels, Arguments arguments) {
    DenseKernel kernel = kernels.dense(FEATURES, 33, Activation.NONE);
    INDArray input = arguments.input(BATCH, FEATURES);
    INDArray weights = arguments.weights(33, FEATURES);
    INDArray output = arguments.empty(BATCH, 33);
    kernel.forward(input, weights, arguments.input(33), output);
    INDArray gradient = arguments.gradient(BATCH, 33);
    INDArray ofInput = arguments.empty(input.shape());
    INDArray ofWeights = arguments.empty(weights.shape());
    INDArray ofBias = arguments.empty(33);
    kernel.backward(input, weights, output, gradient, ofInput, ofWeights, ofBias);
    return new INDArray[] {output, ofInput, ofWeights, ofBias};
  }

  private static INDArray[] addition(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, IMAGE);
    kernels.add(
        arguments.input(BATCH, IMAGE),
        arguments.input(BATCH, IMAGE),
        Activation.LEAKY_RELU,
        output);
    return new INDArray[] {output};
  }

  private static INDArray[] scaledChannels(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(BATCH, IMAGE);
    INDArray factors = arguments.weights(BATCH, IMAGE.channels());
    INDArray output = arguments.empty(BATCH, IMAGE);
    kernels.scaleChannels(IMAGE, input, factors, output);
    INDArray gradient = arguments.gradient(BATCH, IMAGE);
    INDArray ofInput = arguments.empty(BATCH, IMAGE);
    INDArray ofFactors = arguments.empty(factors.shape());
    kernels.scaleChannelsGradient(IMAGE, input, factors, gradient, ofInput, ofFactors);
    return new INDArray[] {output, ofInput, ofFactors};
  }

  private static INDArray[] meanOverPixels(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, IMAGE.channels());
    kernels.averageOverPixels(IMAGE, arguments.input(BATCH, IMAGE), output);
    INDArray ofInput = arguments.empty(BATCH, IMAGE);
    kernels.averageOverPixelsGradient(IMAGE, arguments.gradient(output.shape()), ofInput);
    return new INDArray[] {output, ofInput};
  }

  private static INDArray[] subsampling(Kernels kernels, Arguments arguments) {
    ImageShape half = new ImageShape(IMAGE.channels() + 2, 5, 4);
    INDArray output = arguments.empty(BATCH, half);
    kernels.subsample(IMAGE, half.channels(), arguments.input(BATCH, IMAGE), output);
    INDArray ofInput = arguments.empty(BATCH, IMAGE);
    kernels.subsampleGradient(IMAGE, half.channels(), arguments.gradient(BATCH, half), ofInput);
    return new INDArray[] {output, ofInput};
  }

  private static INDArray[] flattening(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, IMAGE.size());
    kernels.flatten(IMAGE, arguments.input(BATCH, IMAGE), output);
    return new INDArray[] {output};
  }

  private static INDArray[] unflattening(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, IMAGE);
    kernels.unflatten(IMAGE, arguments.input(BATCH, IMAGE.size()), output);
    return new INDArray[] {output};
  }

  private static INDArray[] embedding(Kernels kernels, Arguments arguments) {
    INDArray ids = arguments.of(IDS, BATCH, LENGTH);
    INDArray table = arguments.input(11, FEATURES);
    INDArray output = arguments.empty(BATCH, LENGTH, FEATURES);
    kernels.embed(table, ids, output);
    INDArray ofTable = arguments.empty(table.shape());
    kernels.embedGradient(ids, arguments.gradient(output.shape()), 9, ofTable);
    return new INDArray[] {output, ofTable};
  }

  private static INDArray[] dropout(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(2 * DropoutMask.BLOCK + 3);
    INDArray output = arguments.empty(input.shape());
    kernels.dropout(input, DROPOUT, output);
    INDArray joined = arguments.empty(input.shape());
    kernels.addDropped(arguments.input(input.shape()), input, DROPOUT, joined);
    return new INDArray[] {output, joined};
  }

  private static INDArray[] addedRows(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, LENGTH, FEATURES);
    kernels.addRows(arguments.input(output.shape()), arguments.input(LENGTH, FEATURES), output);
    INDArray ofRows = arguments.empty(LENGTH, FEATURES);
    kernels.addRowsGradient(arguments.gradient(output.shape()), ofRows);
    return new INDArray[] {output, ofRows};
  }

  private static INDArray[] meanOverSequences(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(BATCH, LENGTH, FEATURES);
    INDArray mask = arguments.of(MASK, BATCH, LENGTH);
    INDArray output = arguments.empty(BATCH, FEATURES);
    kernels.averageOverSequence(input, mask, output);
    INDArray ofInput = arguments.empty(input.shape());
    kernels.averageOverSequenceGradient(mask, arguments.gradient(output.shape()), ofInput);
    return new INDArray[] {output, ofInput};
  }

  private static INDArray[] lastSteps(Kernels kernels, Arguments arguments) {
    INDArray input = arguments.input(BATCH, LENGTH, FEATURES - 1);
    float[] first = {1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0};
    INDArray mask = arguments.of(first, BATCH, LENGTH);
    INDArray output = arguments.empty(BATCH, FEATURES - 1);
    kernels.lastStep(input, mask, true, output);
    INDArray ofInput = arguments.empty(input.shape());
    kernels.lastStepGradient(arguments.gradient(output.shape()), mask, true, ofInput);
    return new INDArray[] {output, ofInput};
  }

  private static INDArray[] crossEntropy(Kernels kernels, Arguments arguments) {
    INDArray logits = arguments.input(BATCH, LENGTH, FEATURES);
    float[] labels = {0, 6, 3, -1, 2, 1, 5, 4, -100, 0, 6, 3, 2, 1, 5};
    INDArray gradient = arguments.empty(logits.shape());
    LossResult loss =
        kernels.loss(
            new Loss.SoftmaxCrossEntropy(0.1),
            logits,
            arguments.of(labels, labels.length),
            gradient);
    return new INDArray[] {
      gradient, arguments.of(new float[] {(float) loss.sum(), loss.counted(), loss.correct()}, 3)
    };
  }
}
