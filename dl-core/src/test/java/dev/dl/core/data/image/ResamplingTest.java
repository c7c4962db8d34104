package dev.dl.core.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Golden values: Pillow and torchvision, tools/golden/images.py. */
class ResamplingTest {

  @Test
  void resizesAndCropsAsPillowAndTorchvision() throws IOException {
    int compared = 0;
    for (Golden.Resizing resizing : Golden.resizings()) {
      for (Golden.Case golden : resizing.cases()) {
        Image expected = golden.expected();
        Image actual = apply(golden, resizing.source());
        String description =
            "%s %s %s to %dx%d"
                .formatted(
                    golden.operation(),
                    golden.filter(),
                    Golden.shape(resizing.source()),
                    golden.height(),
                    golden.width());
        assertThat(Golden.shape(actual)).as(description).isEqualTo(Golden.shape(expected));
        assertThat(actual.pixels()).as(description).isEqualTo(expected.pixels());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(4 * (4 * 7 + 6));
  }

  @Test
  void keepsColoursOfWhatIsTransparentOut() {
    Image image = new Image(4, 1, 2, new byte[] {-1, 100, 0, 100, 0, 100, 0, -1});

    assertThat(image.resize(1, 1, Filter.AREA).pixels()).containsExactly(99, 99, 99, -128);
  }

  private static Image apply(Golden.Case golden, Image source) {
    return switch (golden.operation()) {
      case RESIZE -> source.resize(golden.height(), golden.width(), golden.filter());
      case RESIZE_SHORTER_SIDE -> source.resizeShorterSide(golden.height(), golden.filter());
      case CENTER_CROP -> source.centerCrop(golden.height(), golden.width());
    };
  }
}
