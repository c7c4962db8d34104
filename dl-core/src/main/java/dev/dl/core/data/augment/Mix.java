package dev.dl.core.data.augment;

import java.util.Optional;

/**
 * How the samples of one batch are mixed, in pairs. The loss of a sample is then {@code share}
 * times that for its own label plus {@code 1 - share} times that for its partner's.
 *
 * @param share of a sample that is left of itself, from 0 to 1
 * @param partners the sample that each is mixed with; two are each other's, or one is its own
 * @param box what is pasted from the partner; empty where the two are added up
 */
public record Mix(double share, int[] partners, Optional<Box> box) {

  public Mix {
    Check.argument(share >= 0 && share <= 1, "share " + share);
    for (int sample = 0; sample < partners.length; sample++) {
      int partner = partners[sample];
      Check.argument(
          partner >= 0 && partner < partners.length && partners[partner] == sample,
          "sample " + sample + " with partner " + partner);
    }
  }

  /**
   * Mixes a batch in place.
   *
   * @param inputs {@code [batch, channels, height, width]}
   */
  public void apply(float[] inputs, int channels, int height, int width) {
    int size = channels * height * width;
    for (int sample = 0; sample < partners.length; sample++) {
      int partner = partners[sample];
      if (sample < partner && box.isEmpty()) {
        add(inputs, sample * size, partner * size, size);
      } else if (sample < partner) {
        swap(inputs, sample * size, partner * size, channels, height, width);
      }
    }
  }

  private void add(float[] inputs, int first, int second, int size) {
    float own = (float) share;
    float other = (float) (1 - share);
    for (int i = 0; i < size; i++) {
      float a = inputs[first + i];
      float b = inputs[second + i];
      inputs[first + i] = a * own + b * other;
      inputs[second + i] = b * own + a * other;
    }
  }

  private void swap(float[] inputs, int first, int second, int channels, int height, int width) {
    Box part = box.orElseThrow();
    for (int channel = 0; channel < channels; channel++) {
      for (int row = part.top(); row < part.top() + part.height(); row++) {
        int start = (channel * height + row) * width + part.left();
        for (int i = start; i < start + part.width(); i++) {
          float kept = inputs[first + i];
          inputs[first + i] = inputs[second + i];
          inputs[second + i] = kept;
        }
      }
    }
  }
}
