package dev.dl.core.kernel.nd4j;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;
import dev.dl.core.kernel.ConvolutionKernel;
import dev.dl.core.kernel.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolution by ND4J's {@code conv2d}, or {@code depthwise_conv2d} where every channel is a group;
 * other groups one after the other.
 */
record Nd4jConvolution(ConvolutionGeometry geometry) implements ConvolutionKernel {
  private static final int EXPLICIT_PADDING = 0;
  private static final int CHANNELS_FIRST = 0;
  private static final int WEIGHTS_OUTPUTS_FIRST = 1;

  @Override
  public void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
    if (geometry.groups() == 1 || geometry.depthwise()) {
      convolve(input, weights, output);
    } else {
      INDArray[] parts = new INDArray[geometry.groups()];
      for (int group = 0; group < parts.length; group++) {
        parts[group] = channels(output, group);
        convolve(channels(input, group), outputs(weights, group), parts[group]);
      }
      output.assign(Nd4j.concat(1, parts));
    }
    if (bias != null) {
      output.addi(bias.reshape(1, bias.length(), 1, 1));
    }
    output.assign(Nd4jActivations.value(geometry.activation(), output));
  }

  @Override
  public void backward(
      INDArray input,
      INDArray weights,
      INDArray output,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient,
      INDArray biasGradient) {
    if (geometry.activation() != Activation.NONE) {
      outputGradient.muli(Nd4jActivations.derivative(geometry.activation(), output));
    }
    // The op writes both gradients, wanted or not.
    INDArray ofInput = inputGradient == null ? input.ulike() : inputGradient;
    INDArray ofWeights = weightGradient == null ? weights.ulike() : weightGradient;
    if (geometry.groups() == 1 || geometry.depthwise()) {
      differentiate(input, weights, outputGradient, ofInput, ofWeights);
    } else {
      INDArray[] inputParts = new INDArray[geometry.groups()];
      INDArray[] weightParts = new INDArray[geometry.groups()];
      for (int group = 0; group < geometry.groups(); group++) {
        INDArray part = channels(input, group);
        INDArray kernels = outputs(weights, group);
        inputParts[group] = part.ulike();
        weightParts[group] = kernels.ulike();
        INDArray given = channels(outputGradient, group);
        differentiate(part, kernels, given, inputParts[group], weightParts[group]);
      }
      ofInput.assign(Nd4j.concat(1, inputParts));
      ofWeights.assign(Nd4j.concat(0, weightParts));
    }
    if (biasGradient != null) {
      biasGradient.assign(Nd4jSums.ofChannels(outputGradient));
    }
  }

  private void convolve(INDArray input, INDArray weights, INDArray output) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation())
            .addInputs(input, weightsOfOperation(weights))
            .addOutputs(output)
            .addIntegerArguments(arguments())
            .build());
  }

  private void differentiate(
      INDArray input,
      INDArray weights,
      INDArray outputGradient,
      INDArray inputGradient,
      INDArray weightGradient) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation() + "_bp")
            .addInputs(input, weightsOfOperation(weights), outputGradient)
            .addOutputs(inputGradient, weightsOfOperation(weightGradient))
            .addIntegerArguments(arguments())
            .build());
  }

  private String operation() {
    return geometry.depthwise() ? "depthwise_conv2d" : "conv2d";
  }

  /** Depthwise weights are {@code [outputs per input, inputs, size, size]} to ND4J. */
  private INDArray weightsOfOperation(INDArray weights) {
    return geometry.depthwise()
        ? weights.reshape('c', 1, weights.size(0), weights.size(2), weights.size(3))
        : weights;
  }

  /** A copy of a group's channels. */
  private INDArray channels(INDArray images, int group) {
    long size = images.size(1) / geometry.groups();
    return images
        .dup('c')
        .reshape('c', images.size(0), geometry.groups(), -1)
        .slice(group, 1)
        .dup('c')
        .reshape('c', images.size(0), size, images.size(2), images.size(3));
  }

  /** A copy of a group's kernels. */
  private INDArray outputs(INDArray weights, int group) {
    long size = weights.size(0) / geometry.groups();
    return weights
        .dup('c')
        .reshape('c', geometry.groups(), -1)
        .slice(group, 0)
        .dup('c')
        .reshape('c', size, weights.size(1), weights.size(2), weights.size(3));
  }

  private int[] arguments() {
    Window window = geometry.window();
    return new int[] {
      window.size(),
      window.size(),
      window.rowStride(),
      window.columnStride(),
      window.padding(),
      window.padding(),
      window.dilation(),
      window.dilation(),
      EXPLICIT_PADDING,
      CHANNELS_FIRST,
      WEIGHTS_OUTPUTS_FIRST
    };
  }
}
