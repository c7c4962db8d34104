package dev.dl.core.kernel;

import dev.dl.core.data.image.ImageShape;

/**
 * A batch normalization of images with an activation after it.
 *
 * @param image one input image, and one output image
 * @param epsilon added to the variance
 * @param momentum weight of a batch in the running statistics
 * @param activation of the outputs, one whose gradient follows from them
 */
public record NormalizationGeometry(
    ImageShape image, double epsilon, double momentum, Activation activation) {

  public NormalizationGeometry {
    if (!(epsilon > 0) || !(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "normalization with epsilon " + epsilon + " and momentum " + momentum);
    }
    activation.fused();
  }
}
