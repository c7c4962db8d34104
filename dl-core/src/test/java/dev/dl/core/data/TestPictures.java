package dev.dl.core.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures of one colour. */
final class TestPictures {
  private TestPictures() {}

  /** A PNG file's content. */
  static byte[] png(int colour, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Writes a PNG file of 4x4 pixels, in folders that are made. */
  static Path write(Path file, int colour) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, png(colour, 4, 4));
  }
}
