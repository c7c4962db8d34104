package dev.dl.core.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskPngTest {
  private static final Image NUMBERS = new Image(1, 2, 3, new byte[] {0, 1, 2, 3, 4, (byte) 255});

  @Test
  void readsBackWhatItWrites() throws IOException {
    assertThat(ImageReader.numbers(MaskPng.of(NUMBERS)).pixels()).isEqualTo(NUMBERS.pixels());
  }

  /** As the palettes of PASCAL VOC's own masks have them. */
  @Test
  void showsNumbersInTheColoursOfPascalVoc() throws IOException {
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(MaskPng.of(NUMBERS)));
    int[] colours = {0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0xe0e0c0};
    for (int i = 0; i < colours.length; i++) {
      assertThat(shown.getRGB(i % 3, i / 3) & 0xffffff).isEqualTo(colours[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void readsGreyAndColoursThatAreGreyAndIndicesOfPalettes(int type) throws IOException {
    BufferedImage mask = new BufferedImage(2, 1, type);
    if (type == BufferedImage.TYPE_BYTE_INDEXED || type == BufferedImage.TYPE_BYTE_GRAY) {
      mask.getRaster().setSample(0, 0, 0, 7);
      mask.getRaster().setSample(1, 0, 0, 200);
    } else {
      mask.setRGB(0, 0, 0xff070707);
      mask.setRGB(1, 0, 0xffc8c8c8);
    }
    assertThat(ImageReader.numbers(png(mask)).pixels()).containsExactly(7, (byte) 200);
  }

  @Test
  void readsMasksOfOneBit() throws IOException {
    BufferedImage mask = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
    mask.getRaster().setSample(1, 0, 0, 1);
    assertThat(ImageReader.numbers(png(mask)).pixels()).containsExactly(0, 1, 0);
  }

  @Test
  void refusesColoursAndNumbersOfSixteenBits() {
    BufferedImage colours = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    colours.setRGB(0, 0, 0xff0000);
    assertThatThrownBy(() -> ImageReader.numbers(png(colours)))
        .isInstanceOf(ImageFormatException.class)
        .hasMessage("a picture in colours without a palette");
    assertThatThrownBy(
            () -> ImageReader.numbers(png(new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY))))
        .isInstanceOf(ImageFormatException.class)
        .hasMessage("a picture of 16 bits");
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
