package dev.dl.core.kernel.onednn;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.Parallel;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Every second pixel with channels of zeros appended, channels last, one image a task. */
record Subsampling(ImageShape image, int outputs) {

  void forward(Parallel parallel, FloatBuffer input, FloatBuffer output) {
    parallel.run(input.capacity() / image.size(), n -> forward(n, input, output));
  }

  void backward(Parallel parallel, FloatBuffer outputGradient, FloatBuffer inputGradient) {
    parallel.run(
        inputGradient.capacity() / image.size(), n -> backward(n, outputGradient, inputGradient));
  }

  private void forward(int n, FloatBuffer input, FloatBuffer output) {
    int channels = image.channels();
    float[] wide = new float[image.width() * channels];
    float[] narrow = new float[outputWidth() * outputs];
    for (int y = 0; y < outputHeight(); y++) {
      input.get(n * image.size() + 2 * y * wide.length, wide);
      for (int x = 0; x < outputWidth(); x++) {
        System.arraycopy(wide, 2 * x * channels, narrow, x * outputs, channels);
      }
      output.put((n * outputHeight() + y) * narrow.length, narrow);
    }
  }

  private void backward(int n, FloatBuffer outputGradient, FloatBuffer inputGradient) {
    int channels = image.channels();
    float[] wide = new float[image.width() * channels];
    float[] narrow = new float[outputWidth() * outputs];
    for (int row = 0; row < image.height(); row++) {
      Arrays.fill(wide, 0);
      if (row % 2 == 0) {
        outputGradient.get((n * outputHeight() + row / 2) * narrow.length, narrow);
        for (int x = 0; x < outputWidth(); x++) {
          System.arraycopy(narrow, x * outputs, wide, 2 * x * channels, channels);
        }
      }
      inputGradient.put(n * image.size() + row * wide.length, wide);
    }
  }

  private int outputHeight() {
    return (image.height() + 1) / 2;
  }

  private int outputWidth() {
    return (image.width() + 1) / 2;
  }
}
