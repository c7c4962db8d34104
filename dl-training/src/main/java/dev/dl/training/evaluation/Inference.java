package dev.dl.training.evaluation;

import dev.dl.core.data.image.ImageShape;
import dev.dl.models.network.Network;

/**
 * What a network says of samples, outside of training.
 *
 * @param mirrored whether pictures are also shown with left and right swapped, and the outputs for
 *     both averaged: test-time augmentation
 */
public record Inference(Network network, boolean mirrored) {

  /**
   * The outputs for a batch.
   *
   * @param values of {@code samples} samples
   * @return {@code [samples, outputs]} or {@code [samples, length, outputs]}
   */
  public float[] outputs(float[] values, int samples) {
    float[] outputs = network.logits(values, samples);
    if (mirrored && network.inputShape().isImage()) {
      float[] others = network.logits(mirror(values, network.inputShape().image()), samples);
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = (outputs[i] + others[i]) / 2;
      }
    }
    return outputs;
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
