package dev.dl.core.data.augment;

import dev.dl.core.random.Draws;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Training on mixtures of samples: mixup of Zhang et al. 2017 (https://arxiv.org/abs/1710.09412),
 * which adds pictures up, and CutMix of Yun et al. 2019 (https://arxiv.org/abs/1905.04899), which
 * pastes a box of one into the other. Where both are on, each batch has either, equally often. The
 * partner of a sample is the one as far from the batch's end as it is from its beginning.
 *
 * @param mixup the alpha of mixup's Beta(alpha, alpha), from which the share is drawn; 0: no mixup
 * @param cutMix the same of CutMix; 0: no CutMix
 * @param probability share of the batches that are mixed
 */
public record Mixing(double mixup, double cutMix, double probability) {

  public Mixing {
    Check.argument(mixup >= 0 && mixup < Double.POSITIVE_INFINITY, "mixup " + mixup);
    Check.argument(cutMix >= 0 && cutMix < Double.POSITIVE_INFINITY, "cutMix " + cutMix);
    Check.probability(probability);
  }

  /** How a batch of pictures of this size is mixed, if it is. */
  public Optional<Mix> draw(int batch, int height, int width, Draws draws) {
    if (mixup == 0 && cutMix == 0 || !draws.chance(probability)) {
      return Optional.empty();
    }
    int[] partners = IntStream.range(0, batch).map(sample -> batch - 1 - sample).toArray();
    boolean pastes = cutMix > 0 && (mixup == 0 || draws.chance(0.5));
    double share = Beta.symmetric(pastes ? cutMix : mixup, draws);
    if (!pastes) {
      return Optional.of(new Mix(share, partners, Optional.empty()));
    }
    Box box = box(share, draws.below(height), draws.below(width), height, width);
    double kept = 1 - box.area() / ((double) height * width);
    return Optional.of(new Mix(kept, partners, Optional.of(box)));
  }

  /** The box around this pixel that would leave {@code share} of a picture if it lay inside. */
  static Box box(double share, int centreRow, int centreColumn, int height, int width) {
    double side = Math.sqrt(1 - share);
    int halfHeight = (int) (height * side) / 2;
    int halfWidth = (int) (width * side) / 2;
    int top = Math.max(0, centreRow - halfHeight);
    int left = Math.max(0, centreColumn - halfWidth);
    int bottom = Math.min(height, centreRow + halfHeight);
    int right = Math.min(width, centreColumn + halfWidth);
    return new Box(top, left, bottom - top, right - left);
  }
}
