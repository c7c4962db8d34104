package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.ConvolutionGeometry;

/** A convolution and its gradients in double precision, written as their definition. */
record ExactConvolution(ConvolutionGeometry geometry, int batch) {

  double[] forward(float[] input, float[] weights, float[] bias) {
    double[] output = new double[batch * geometry.output().size()];
    windows((in, weight, out) -> output[out] += (double) input[in] * weights[weight]);
    for (int i = 0; i < output.length; i++) {
      output[i] += bias == null ? 0 : bias[i % geometry.outputs()];
      output[i] = geometry.activation() == Activation.RELU && output[i] < 0 ? 0 : output[i];
    }
    return output;
  }

  double[] inputGradient(float[] weights, float[] output, float[] outputGradient) {
    double[] gradient = new double[batch * geometry.input().size()];
    windows(
        (in, weight, out) -> gradient[in] += passed(output, outputGradient, out) * weights[weight]);
    return gradient;
  }

  double[] weightGradient(float[] input, float[] output, float[] outputGradient) {
    double[] gradient = new double[9 * geometry.input().channels() * geometry.outputs()];
    windows(
        (in, weight, out) -> gradient[weight] += passed(output, outputGradient, out) * input[in]);
    return gradient;
  }

  double[] biasGradient(float[] output, float[] outputGradient) {
    double[] gradient = new double[geometry.outputs()];
    for (int i = 0; i < output.length; i++) {
      gradient[i % gradient.length] += passed(output, outputGradient, i);
    }
    return gradient;
  }

  private double passed(float[] output, float[] outputGradient, int i) {
    return geometry.activation() == Activation.RELU && output[i] == 0 ? 0 : outputGradient[i];
  }

  private interface Product {
    void add(int input, int weight, int output);
  }

  /** Every product of an input and a weight, with the output that it goes to. */
  private void windows(Product product) {
    int height = geometry.output().height();
    int width = geometry.output().width();
    for (int pixel = 0; pixel < batch * height * width; pixel++) {
      int top = pixel / width % height - geometry.window().padding();
      int left = pixel % width - geometry.window().padding();
      for (int e = 0; e < 9; e++) {
        int y = top + e / 3;
        int x = left + e % 3;
        if (y >= 0 && y < geometry.input().height() && x >= 0 && x < geometry.input().width()) {
          channels(
              pixel,
              (pixel / (width * height) * geometry.input().height() + y) * geometry.input().width()
                  + x,
              e,
              product);
        }
      }
    }
  }

  private void channels(int to, int from, int element, Product product) {
    int inputs = geometry.input().channels();
    for (int o = 0; o < geometry.outputs(); o++) {
      for (int i = 0; i < inputs; i++) {
        product.add(from * inputs + i, (o * inputs + i) * 9 + element, to * geometry.outputs() + o);
      }
    }
  }
}
