package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Arguments.Scales;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums over thousands of nearly equal values, as of a picture's background: added one after the
 * other to one float they lose more with each. Against double precision, relative to the largest
 * value of an array.
 */
final class LongSumsTest {
  private static final double ERROR = 5e-5;
  private static final ImageShape PICTURE = new ImageShape(2, 112, 112);
  private static final int BATCH = 4;
  private static final int ROWS = 20_000;
  private static final int CLASSES = 50_257;

  /** A kernel over nearly equal values; returns what it wrote. */
  private interface Case {
    INDArray[] run(Kernels kernels, Arguments arguments);
  }

  static Stream<ArgumentSet> cases() {
    List<Kernels> all =
        List.of(new OneDnnKernels(Parallel.onOpenMp(2)), new Nd4jKernels(DataType.FLOAT));
    return all.stream()
        .flatMap(
            kernels ->
                Stream.of(
                    named("batch normalization", kernels, LongSumsTest::batchNormalization),
                    named("group normalization", kernels, LongSumsTest::groupNormalization),
                    named("mean over pixels", kernels, LongSumsTest::meanOverPixels),
                    named("bias of channels", kernels, LongSumsTest::biasOfChannels),
                    named("bias of a dense layer", kernels, LongSumsTest::denseBias),
                    named("layer normalization", kernels, LongSumsTest::layerNormalization),
                    named("softmax cross-entropy", kernels, LongSumsTest::crossEntropy),
                    named("squared error", kernels, LongSumsTest::squaredError)));
  }

  private static ArgumentSet named(String name, Kernels kernels, Case each) {
    return org.junit.jupiter.params.provider.Arguments.argumentSet(
        name + ", " + kernels.name(), kernels, each);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void loseNothingOfNearlyEqualValues(Kernels kernels, Case each) {
    Arguments arguments = new Arguments(kernels, new Scales(1, 1));
    Arguments same = new Arguments(new Nd4jKernels(DataType.DOUBLE), new Scales(1, 1));
    INDArray[] found = each.run(kernels, arguments);
    INDArray[] wanted = each.run(same.kernels(), same);
    for (int i = 0; i < found.length; i++) {
      float[] values = arguments.read(found[i]);
      float[] exact = same.read(wanted[i]);
      double largest = 0;
      double error = 0;
      for (int k = 0; k < exact.length; k++) {
        largest = Math.max(largest, Math.abs(exact[k]));
        error = Math.max(error, Math.abs((double) values[k] - exact[k]));
      }
      assertThat(error / largest).as("array %d", i).isLessThanOrEqualTo(ERROR);
    }
  }

  /** One in a hundred is something else; the rest is background. */
  private static float[] values(long count) {
    Random random = new Random(2);
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 100 == 0 ? (float) random.nextGaussian() : -0.777f;
    }
    return values;
  }

  private static INDArray pictures(Arguments arguments) {
    return arguments.of(values((long) BATCH * PICTURE.size()), BATCH, PICTURE);
  }

  private static INDArray gradients(Arguments arguments) {
    return arguments.gradient(BATCH, PICTURE);
  }

  private static INDArray matrix(Arguments arguments, long rows, long columns) {
    return arguments.of(values(rows * columns), rows, columns);
  }

  private static Affine affine(Arguments arguments, int features) {
    float[] ones = new float[features];
    Arrays.fill(ones, 1);
    return new Affine(arguments.of(ones, features), arguments.of(new float[features], features));
  }

  private static INDArray[] batchNormalization(Kernels kernels, Arguments arguments) {
    NormalizationKernel kernel =
        kernels.batchNormalization(new NormalizationGeometry(PICTURE, 1e-5, 0.1, Activation.NONE));
    INDArray input = pictures(arguments);
    Affine affine = affine(arguments, 2);
    Running running = new Running(arguments.weights(2), arguments.weights(2));
    INDArray output = arguments.empty(BATCH, PICTURE);
    kernel.forwardTraining(input, affine, running, output);
    Affine ofAffine = new Affine(arguments.empty(2), arguments.empty(2));
    INDArray ofInput = arguments.empty(BATCH, PICTURE);
    kernel.backward(input, affine, output, gradients(arguments), ofInput, ofAffine);
    return new INDArray[] {
      output, ofInput, ofAffine.scale(), ofAffine.shift(), running.mean(), running.variance()
    };
  }

  private static INDArray[] groupNormalization(Kernels kernels, Arguments arguments) {
    GroupNormalizationKernel kernel = kernels.groupNormalization(PICTURE, 1, 1e-5);
    INDArray input = pictures(arguments);
    Affine affine = affine(arguments, 2);
    INDArray output = arguments.empty(BATCH, PICTURE);
    kernel.forward(input, affine, output);
    INDArray ofInput = arguments.empty(BATCH, PICTURE);
    Affine ofAffine = new Affine(arguments.empty(2), arguments.empty(2));
    kernel.backward(input, affine, gradients(arguments), ofInput, ofAffine);
    return new INDArray[] {output, ofInput, ofAffine.scale(), ofAffine.shift()};
  }

  private static INDArray[] meanOverPixels(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, 2);
    kernels.averageOverPixels(PICTURE, pictures(arguments), output);
    return new INDArray[] {output};
  }

  private static INDArray[] biasOfChannels(Kernels kernels, Arguments arguments) {
    INDArray gradient = arguments.empty(2);
    kernels.addToChannelsGradient(PICTURE, pictures(arguments), gradient);
    return new INDArray[] {gradient};
  }

  private static INDArray[] denseBias(Kernels kernels, Arguments arguments) {
    INDArray input = matrix(arguments, ROWS, 3);
    INDArray weights = arguments.weights(5, 3);
    INDArray ofBias = arguments.empty(5);
    kernels
        .dense(3, 5, Activation.NONE)
        .backward(
            input,
            weights,
            arguments.empty(ROWS, 5),
            matrix(arguments, ROWS, 5),
            null,
            arguments.empty(5, 3),
            ofBias);
    return new INDArray[] {ofBias};
  }

  private static INDArray[] layerNormalization(Kernels kernels, Arguments arguments) {
    RowNormalizationKernel kernel = kernels.layerNormalization(CLASSES, 1e-5);
    INDArray input = matrix(arguments, BATCH, CLASSES);
    Affine affine = affine(arguments, CLASSES);
    INDArray output = arguments.empty(BATCH, CLASSES);
    kernel.forward(input, affine.scale(), affine.shift(), output);
    return new INDArray[] {output};
  }

  private static INDArray[] crossEntropy(Kernels kernels, Arguments arguments) {
    return loss(
        kernels,
        arguments,
        new Loss.SoftmaxCrossEntropy(0.9999),
        arguments.of(new float[BATCH], BATCH, 1));
  }

  private static INDArray[] squaredError(Kernels kernels, Arguments arguments) {
    float[] zeros = new float[BATCH * CLASSES];
    return loss(kernels, arguments, new Loss.SquaredError(), arguments.of(zeros, BATCH, CLASSES));
  }

  private static INDArray[] loss(
      Kernels kernels, Arguments arguments, Loss loss, INDArray targets) {
    INDArray gradient = arguments.empty(BATCH, CLASSES);
    LossResult result = kernels.loss(loss, matrix(arguments, BATCH, CLASSES), targets, gradient);
    return new INDArray[] {gradient, arguments.of(new float[] {(float) result.sum()}, 1)};
  }
}
