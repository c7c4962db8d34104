package dev.dl.training.evaluation;

import dev.dl.core.data.image.ImageShape;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.models.network.Network;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a network says of samples, outside of training; as many at once as fit into memory. */
public final class Inference {
  private static final Logger LOG = LoggerFactory.getLogger(Inference.class);

  private final Network network;
  private final boolean mirrored;
  private int mostSamples = Integer.MAX_VALUE;

  /**
   * @param mirrored whether pictures are also shown with left and right swapped, and the outputs
   *     for both averaged: test-time augmentation
   */
  public Inference(Network network, boolean mirrored) {
    this.network = network;
    this.mirrored = mirrored;
  }

  public Network network() {
    return network;
  }

  /**
   * The outputs for a batch.
   *
   * @param values of {@code samples} samples
   * @return {@code [samples, outputs]} or {@code [samples, length, outputs]}
   * @throws OutOfNativeMemoryError if there is not even room for one sample
   */
  public float[] outputs(float[] values, int samples) {
    float[] outputs = logits(values, samples);
    if (mirrored && network.inputShape().isImage()) {
      float[] others = logits(mirror(values, network.inputShape().image()), samples);
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = (outputs[i] + others[i]) / 2;
      }
    }
    return outputs;
  }

  private float[] logits(float[] values, int samples) {
    boolean released = false;
    while (true) {
      try {
        return samples <= mostSamples
            ? network.logits(values, samples)
            : logitsInParts(values, samples);
      } catch (OutOfNativeMemoryError tooMuch) {
        if (released) { // of training nothing is left: the batch is too large
          halve(samples, tooMuch);
        }
        network.releaseMemory();
        released = true;
      }
    }
  }

  private float[] logitsInParts(float[] values, int samples) {
    int size = values.length / samples;
    float[] all = null;
    for (int start = 0; start < samples; start += mostSamples) {
      int end = Math.min(samples, start + mostSamples);
      float[] part =
          network.logits(Arrays.copyOfRange(values, start * size, end * size), end - start);
      int outputs = part.length / (end - start);
      all = all == null ? new float[samples * outputs] : all;
      System.arraycopy(part, 0, all, start * outputs, part.length);
    }
    return all;
  }

  private void halve(int samples, OutOfNativeMemoryError tooMuch) {
    int tried = Math.min(samples, mostSamples);
    if (tried == 1) {
      throw tooMuch;
    }
    mostSamples = (tried + 1) / 2;
    LOG.warn(
        "evaluation: memory for tensors ran out; from now on {} samples at once rather than {}",
        mostSamples,
        tried);
  }

  private static float[] mirror(float[] values, ImageShape shape) {
    int width = shape.width();
    float[] mirrored = new float[values.length];
    for (int row = 0; row < values.length; row += width) {
      for (int column = 0; column < width; column++) {
        mirrored[row + column] = values[row + width - 1 - column];
      }
    }
    return mirrored;
  }
}
