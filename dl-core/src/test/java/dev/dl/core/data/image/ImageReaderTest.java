package dev.dl.core.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void readsLosslessFormatsExactly(String format) throws IOException {
    Image image = ImageReader.read(write(format, colours()));

    assertThat(image.channels()).isEqualTo(3);
    assertThat(Arrays.copyOf(image.pixels(), 4)).containsExactly(-1, 0, 0, 10);
    assertThat(Arrays.copyOfRange(image.pixels(), 8, 12)).containsExactly(0, 0, -1, 30);
  }

  @Test
  void keepsGreyValuesAsTheyAreStored() throws IOException {
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i, 0, 0, i);
    }
    byte[] expected = new byte[256];
    for (int i = 0; i < 256; i++) {
      expected[i] = (byte) i;
    }

    assertThat(ImageReader.read(write("png", grey)).pixels()).isEqualTo(expected);
  }

  @Test
  void scalesSixteenBitsToEight() throws IOException {
    BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(1, 0, 0, 0x8000);
    grey.getRaster().setSample(2, 0, 0, 0xffff);

    assertThat(ImageReader.read(write("png", grey)).pixels()).containsExactly(0, -128, -1);
  }

  @Test
  void seesThatAColourFileIsAllGrey() throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, 0x777777);

    assertThat(ImageReader.read(write("png", image)).channels()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void refusesFilesThatAreCutOff(String format) throws IOException {
    byte[] whole = Files.readAllBytes(write(format, noise()));
    Path file = folder.resolve("cut");

    for (int tenths = 1; tenths < 10; tenths++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * tenths / 10));
      assertThatThrownBy(() -> ImageReader.read(file)).isInstanceOf(ImageFormatException.class);
    }
  }

  @Test
  void refusesWhatIsNoPicture() throws IOException {
    Path html = Files.writeString(folder.resolve("cat.jpg"), "<!DOCTYPE html><html></html>");
    Path empty = Files.createFile(folder.resolve("empty.png"));

    assertThatThrownBy(() -> ImageReader.header(html)).hasMessage("another kind of content");
    assertThatThrownBy(() -> ImageReader.header(empty)).hasMessage("an empty file");
    assertThatThrownBy(() -> ImageReader.header(folder)).hasMessage("something other than a file");
  }

  @Test
  void refusesBombsByTheirHeader() throws IOException {
    byte[] png = Files.readAllBytes(write("png", colours()));
    png[16] = 0x7f;
    png[20] = 0x7f;
    Path bomb = Files.write(folder.resolve("bomb.png"), png);

    assertThatThrownBy(() -> ImageReader.read(bomb))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("above the limit of 89478485");
  }

  private Path write(String format, BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return Files.write(folder.resolve("picture." + format), bytes.toByteArray());
  }

  /** Red, green, blue and a mixture, two by two. */
  private static BufferedImage colours() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 2, 2, new int[] {0xff0000, 0x00ff00, 0x0000ff, 0x0a141e}, 0, 2);
    return image;
  }

  private static BufferedImage noise() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, i * 0x9E3779B1);
    }
    return image;
  }
}
