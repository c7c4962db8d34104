package dev.dl.training;

import dev.dl.core.data.ImageSamples;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.Samples;
import dev.dl.core.data.TextPreprocessing;
import dev.dl.core.data.TextSamples;
import dev.dl.core.data.image.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Samples as reports show them: as the network is given them, before they are numbers. */
final class SampleViews {
  private SampleViews() {}

  /** A picture as PNG; {@code null} of other samples. */
  static byte[] png(Samples samples, int sample) {
    return samples instanceof ImageSamples images ? png(images.image(sample)) : null;
  }

  /** A text; {@code null} of other samples. */
  static String text(Samples samples, Preprocessing fitted, int sample) {
    return samples instanceof TextSamples texts && fitted instanceof TextPreprocessing preprocessing
        ? preprocessing.tokenizer().decode(preprocessing.ids(texts.tokens(sample)))
        : null;
  }

  private static byte[] png(Image picture) {
    byte[] pixels = picture.pixels();
    int width = picture.width();
    int plane = picture.height() * width;
    BufferedImage image = new BufferedImage(width, picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int red = pixels[i] & 0xff;
      boolean grey = picture.channels() < 3;
      int green = grey ? red : pixels[plane + i] & 0xff;
      int blue = grey ? red : pixels[2 * plane + i] & 0xff;
      image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
