package dev.dl.core.data.image;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads one file of every kind. Golden values: Pillow, tools/golden/images.py. */
class ImageFormatsTest {
  /** WebP's decoder in Java repeats the colours of four pixels, Pillow's interpolates them. */
  private static final int LOSSY_WEBP_TOLERANCE = 24;

  @TempDir Path folder;

  @Test
  void readsWhatPillowReads() throws IOException {
    Map<String, Image> expected = Golden.pictures();
    for (String file : expected.keySet()) {
      Image image = ImageReader.read(Golden.content(file));
      int tolerance = file.matches("lossy.*\\.webp") ? LOSSY_WEBP_TOLERANCE : 0;

      assertThat(Golden.shape(image)).as(file).isEqualTo(Golden.shape(expected.get(file)));
      assertThat(Golden.difference(image, expected.get(file))).as(file).isBetween(0, tolerance);
    }
    assertThat(expected).hasSize(43);
  }

  @Test
  void readsTheUprightSizeFromTheHeader() throws IOException {
    for (Map.Entry<String, Image> golden : Golden.pictures().entrySet()) {
      Path file = Files.write(folder.resolve("picture"), Golden.content(golden.getKey()));

      assertThat(ImageReader.header(file))
          .as(golden.getKey())
          .isEqualTo(new ImageHeader(golden.getValue().height(), golden.getValue().width()));
    }
  }

  @Test
  void readsTheSameFromAFileAsFromItsContent() throws IOException {
    Path file = Files.write(folder.resolve("picture.txt"), Golden.content("cmyk.jpg"));

    assertThat(ImageReader.read(file).pixels())
        .isEqualTo(ImageReader.read(Golden.content("cmyk.jpg")).pixels());
  }

  @Test
  void refusesEveryKindThatIsCutOff() throws IOException {
    for (String name :
        List.of(
            "rgb.png",
            "baseline.jpg",
            "cmyk.jpg",
            "progressive.jpg",
            "rgb.bmp",
            "transparent.gif",
            "lossless.webp",
            "lossy.webp",
            "rgb.tif",
            "compressed.tif")) {
      byte[] whole = Golden.content(name);
      for (int tenths = 0; tenths < 10; tenths++) {
        byte[] cut = Arrays.copyOf(whole, whole.length * tenths / 10);
        assertThat(catchThrowable(() -> ImageReader.read(cut)))
            .as("%s, %d of 10 parts", name, tenths)
            .isInstanceOf(ImageFormatException.class);
      }
    }
  }

  @Test
  void refusesSamplesThatAreNoWholeNumbers() {
    assertThatThrownBy(() -> ImageReader.read(Golden.content("float.tif")))
        .isInstanceOf(ImageFormatException.class)
        .hasMessage("a picture with samples of 32 bits");
  }

  @Test
  void refusesMorePixelsThanAllowedBeforeDecodingThem() throws IOException {
    for (String name :
        List.of("rgb.png", "baseline.jpg", "rgb.bmp", "animated.gif", "lossy.webp", "rgb.tif")) {
      byte[] content = Golden.content(name);

      assertThatThrownBy(() -> ImageReader.read(content, 14 * 21 - 1))
          .as(name)
          .isInstanceOf(ImageFormatException.class)
          .hasMessage("14x21 pixels, above the limit of 293");
      assertThat(ImageReader.header(content, 14 * 21)).isEqualTo(new ImageHeader(14, 21));
    }
  }

  @Test
  void stopsADecoderThatRunsPastTheEndOfTheFile() throws IOException {
    byte[] content = Golden.content("lossless.webp");
    ByteBuffer.wrap(content).order(LITTLE_ENDIAN).putInt(21, 2047 | 2047 << 14);

    assertThat(ImageReader.header(content, 1 << 22)).isEqualTo(new ImageHeader(2048, 2048));
    assertThatThrownBy(() -> ImageReader.read(content))
        .isInstanceOf(ImageFormatException.class)
        .hasMessage("a picture that cannot be decoded (it ends too early)");
  }
}
