package dev.dl.core.kernel;

import static dev.dl.core.kernel.KernelCase.BATCH;
import static dev.dl.core.kernel.KernelCase.HUGE;
import static dev.dl.core.kernel.KernelCase.LARGE;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.NormalizationKernel.Affine;
import dev.dl.core.kernel.NormalizationKernel.Running;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The kernels of images, of an odd height and width. */
final class ImageKernelCases {
  private static final ImageShape IMAGE = new ImageShape(5, 9, 7);

  private ImageKernelCases() {}

  static Stream<KernelCase> all() {
    return Stream.of(
        convolution("convolution", Window.centred(3, 1), 1, 11),
        convolution("strided convolution", Window.centred(5, 2), 1, 3),
        convolution("dilated convolution", new Window(3, 1, 2, 2), 1, 3),
        convolution("pointwise convolution", Window.of(1, 1, 0), 1, 17),
        convolution("depthwise convolution", Window.centred(3, 1), 5, 5),
        convolution("grouped convolution", Window.centred(3, 2), 5, 15),
        new KernelCase(
            "transposed convolution", 2e-6, HUGE, ImageKernelCases::transposedConvolution),
        pooling("maximum", false, 1e-7),
        pooling("mean", true, 2e-7),
        batchNormalization("batch normalization", Activation.NONE),
        batchNormalization("batch normalization with ReLU", Activation.RELU),
        batchNormalization("batch normalization with tanh", Activation.TANH),
        new KernelCase("running normalization", 1e-6, HUGE, ImageKernelCases::runningNormalization),
        new KernelCase("group normalization", 5e-6, LARGE, ImageKernelCases::groupNormalization),
        new KernelCase("addition", 1e-7, HUGE, ImageKernelCases::addition),
        new KernelCase("scaled channels", 1e-6, HUGE, ImageKernelCases::scaledChannels),
        new KernelCase("channels with a bias", 1e-6, HUGE, ImageKernelCases::biasedChannels),
        new KernelCase("mean over pixels", 1e-6, HUGE, ImageKernelCases::meanOverPixels),
        new KernelCase("subsampling", 0, HUGE, ImageKernelCases::subsampling),
        new KernelCase("flattening", 0, HUGE, ImageKernelCases::flattening),
        new KernelCase("unflattening", 0, HUGE, ImageKernelCases::unflattening),
        new KernelCase("pixels", 0, HUGE, ImageKernelCases::pixels),
        new KernelCase("images of pixels", 0, HUGE, ImageKernelCases::imagesOfPixels));
  }

  private static KernelCase convolution(String name, Window window, int groups, int outputs) {
    var geometry =
        new ConvolutionGeometry(IMAGE, outputs, window, groups, true, Activation.LEAKY_RELU);
    return new KernelCase(
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

  private static KernelCase pooling(String name, boolean average, double error) {
    var geometry = new PoolingGeometry(IMAGE, average, Window.centred(3, 2));
    return new KernelCase(
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

  private static KernelCase batchNormalization(String name, Activation activation) {
    var geometry = new NormalizationGeometry(IMAGE, 1e-5, 0.1, activation);
    return new KernelCase(
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

  static Affine affine(Arguments arguments, int features) {
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

  private static INDArray[] biasedChannels(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, IMAGE);
    INDArray input = arguments.input(BATCH, IMAGE);
    kernels.addToChannels(IMAGE, input, arguments.input(IMAGE.channels()), output);
    INDArray ofBias = arguments.empty(IMAGE.channels());
    kernels.addToChannelsGradient(IMAGE, arguments.gradient(BATCH, IMAGE), ofBias);
    return new INDArray[] {output, ofBias};
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

  private static INDArray[] pixels(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, IMAGE.height() * IMAGE.width(), IMAGE.channels());
    kernels.pixels(IMAGE, arguments.input(BATCH, IMAGE), output);
    return new INDArray[] {output};
  }

  private static INDArray[] imagesOfPixels(Kernels kernels, Arguments arguments) {
    INDArray output = arguments.empty(BATCH, IMAGE);
    int pixels = IMAGE.height() * IMAGE.width();
    kernels.fromPixels(IMAGE, arguments.input(BATCH, pixels, IMAGE.channels()), output);
    return new INDArray[] {output};
  }
}
