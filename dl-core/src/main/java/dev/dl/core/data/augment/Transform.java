package dev.dl.core.data.augment;

import dev.dl.core.data.image.Image;
import dev.dl.core.random.Draws;
import java.util.List;

/** A random change to a picture, which it leaves as it is. */
public interface Transform {

  /** The changed picture: the same for the same picture and the same draws. */
  Image apply(Image image, Draws draws);

  /**
   * What happens to the picture's mask by the same draws: where this moves pixels, so does that,
   * and what it moves in from outside is 0. What changes colours alone leaves masks as they are.
   */
  default Transform ofMask() {
    return (mask, draws) -> mask;
  }

  /** All of these one after the other. */
  static Transform inTurn(List<Transform> transforms) {
    List<Transform> all = List.copyOf(transforms);
    return (image, draws) -> {
      Image changed = image;
      for (Transform transform : all) {
        changed = transform.apply(changed, draws);
      }
      return changed;
    };
  }
}
