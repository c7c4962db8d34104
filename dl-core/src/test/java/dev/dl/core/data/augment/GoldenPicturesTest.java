package dev.dl.core.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.Image;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Compares every change, to the bit, with torchvision's; made by tools/golden/augment.py. */
class GoldenPicturesTest {

  @Test
  void changesPicturesAsTorchvision() {
    List<Change> changes = Golden.changes("augment").toList();
    assertThat(changes).hasSize(210);
    for (Change change : changes) {
      assertSame(change, change.of(change.before()), change.after());
    }
  }

  @Test
  void operatesAtEveryLevelAsTorchvisionsRandAugment() {
    List<Change> changes = Golden.changes("operations").toList();
    assertThat(changes).hasSize(809);
    assertThat(changes.stream().map(Change::name).distinct()).hasSize(14);
    for (Change change : changes) {
      assertSame(change, change.operationOf(change.before()), change.after());
    }
  }

  /** But for the crop, whose colours are weighted by it when they are resized. */
  @Test
  void movesTransparencyWithThePictureAndElseLeavesIt() {
    Golden.changes("augment")
        .filter(change -> !Set.of("CROP", "ERASE").contains(change.name()))
        .forEach(change -> assertTransparencyKept(change, Change::of));
    Golden.changes("operations")
        .forEach(change -> assertTransparencyKept(change, Change::operationOf));
  }

  private static void assertTransparencyKept(Change change, BiFunction<Change, Image, Image> code) {
    Image before = change.before();
    int plane = before.height() * before.width();
    Image alpha =
        new Image(1, before.height(), before.width(), Arrays.copyOf(before.pixels(), plane));
    Image expected = change.isGeometry() ? code.apply(change, alpha) : alpha;
    assertSame(change, code.apply(change, join(before, alpha)), join(change.after(), expected));
  }

  private static Image join(Image colours, Image alpha) {
    byte[] pixels =
        Arrays.copyOf(colours.pixels(), colours.pixels().length + alpha.pixels().length);
    System.arraycopy(alpha.pixels(), 0, pixels, colours.pixels().length, alpha.pixels().length);
    return new Image(colours.channels() + 1, colours.height(), colours.width(), pixels);
  }

  private static void assertSame(Change change, Image found, Image expected) {
    assertThat(List.of(found.channels(), found.height(), found.width()))
        .as(change.toString())
        .containsExactly(expected.channels(), expected.height(), expected.width());
    assertThat(found.pixels()).as(change.toString()).isEqualTo(expected.pixels());
  }
}
