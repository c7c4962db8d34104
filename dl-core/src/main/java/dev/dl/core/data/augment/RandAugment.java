package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of 14 operations, drawn at random, one after the other: Cubuk et al. 2019, "RandAugment:
 * practical automated data augmentation with a reduced search space"
 * (https://arxiv.org/abs/1909.13719). Those that have a direction go either way equally often. The
 * set and its strengths are torchvision's; what moves into the picture is 0.
 *
 * @param operations how many, at least 0
 * @param magnitude of each, from 0 to 30
 */
public record RandAugment(int operations, int magnitude) implements Transform {
  private static final List<Operation> ALL = List.of(Operation.values());

  public RandAugment {
    Check.argument(operations >= 0, operations + " operations");
    Check.argument(
        magnitude >= 0 && magnitude <= Operation.MAXIMUM_LEVEL, "magnitude " + magnitude);
  }

  @Override
  public Transform ofMask() {
    return (mask, draws) ->
        with(mask, draw(draws).stream().filter(step -> step.operation().moves()).toList());
  }

  @Override
  public Image apply(Image image, Draws draws) {
    return with(image, draw(draws));
  }

  List<Step> draw(Draws draws) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      Operation operation = ALL.get(draws.below(ALL.size()));
      boolean negative = operation.signed() && draws.chance(0.5);
      steps.add(new Step(operation, negative ? -magnitude : magnitude));
    }
    return steps;
  }

  static Image with(Image image, List<Step> steps) {
    Image changed = image;
    for (Step step : steps) {
      changed = step.operation().apply(changed, step.level());
    }
    return changed;
  }

  record Step(Operation operation, int level) {}
}
