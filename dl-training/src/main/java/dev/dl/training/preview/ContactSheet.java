package dev.dl.training.preview;

import dev.dl.core.data.Batch;
import dev.dl.core.data.ImagePreprocessing;
import dev.dl.core.data.Normalization;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.data.image.MaskPng;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;

/** The pictures of a batch side by side, each with what it is said to show. */
final class ContactSheet {
  private static final int COLUMNS = 8;
  private static final int SMALLEST = 96;
  private static final int LARGEST = 128;
  private static final int GAP = 4;
  private static final int BACKGROUND = 0xffffff;
  private static final int INK = 0x202020;
  private static final int WHITE = 255;

  private ContactSheet() {}

  /** A PNG file; small pictures are magnified by a whole number, large ones made smaller. */
  static byte[] png(Batch batch, ImagePreprocessing preprocessing) {
    return png(
        batch,
        preprocessing.shape(),
        sample -> picture(batch, sample, preprocessing),
        sample -> Captions.of(batch, sample, preprocessing.target()));
  }

  /** Pictures in the colours of their pixels' classes, white where a pixel has none. */
  static byte[] masked(Batch batch, ImagePreprocessing preprocessing) {
    return png(
        batch,
        preprocessing.shape(),
        sample -> {
          Image picture = picture(batch, sample, preprocessing);
          int plane = picture.height() * picture.width();
          byte[] pixels = picture.pixels();
          for (int i = 0; i < pixels.length; i++) {
            int label = (int) batch.targets()[sample * plane + i % plane];
            int colour = label < 0 ? WHITE : MaskPng.level(label, i / plane);
            pixels[i] = (byte) (((pixels[i] & 0xff) + colour) / 2);
          }
          return picture;
        },
        sample -> "");
  }

  private static byte[] png(
      Batch batch, ImageShape shape, IntFunction<Image> pictures, IntFunction<String> captions) {
    int longer = Math.max(shape.height(), shape.width());
    int times = Math.max(1, (SMALLEST + longer - 1) / longer);
    double scale = longer > LARGEST ? (double) LARGEST / longer : times;
    int height = (int) Math.max(1, Math.rint(shape.height() * scale));
    int width = (int) Math.max(1, Math.rint(shape.width() * scale));
    Filter filter = scale < 1 ? Filter.AREA : Filter.NEAREST;
    int cellHeight = height + PixelFont.HEIGHT + 3 * GAP;
    int columns = Math.min(COLUMNS, batch.size());
    int rows = (batch.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage sheet =
        new BufferedImage(
            columns * (width + GAP) + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
    int[] white = new int[sheet.getWidth() * sheet.getHeight()];
    Arrays.fill(white, BACKGROUND);
    sheet.setRGB(0, 0, sheet.getWidth(), sheet.getHeight(), white, 0, sheet.getWidth());
    for (int i = 0; i < batch.size(); i++) {
      int left = GAP + i % COLUMNS * (width + GAP);
      int top = GAP + i / COLUMNS * cellHeight;
      draw(pictures.apply(i).resize(height, width, filter), sheet, left, top);
      PixelFont.write(captions.apply(i), sheet, left, top + height + GAP, width, INK);
    }
    return encoded(sheet);
  }

  /** What the network is given, not normalized any more. */
  private static Image picture(Batch batch, int sample, ImagePreprocessing preprocessing) {
    ImageShape shape = preprocessing.shape();
    Normalization normalization = preprocessing.normalization();
    int plane = shape.height() * shape.width();
    byte[] pixels = new byte[shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / plane;
      double value =
          batch.inputs()[sample * pixels.length + i] * normalization.deviation().get(channel)
              + normalization.mean().get(channel);
      pixels[i] = (byte) Math.max(0, Math.min(WHITE, Math.rint(value * WHITE)));
    }
    return new Image(shape.channels(), shape.height(), shape.width(), pixels).withChannels(3);
  }

  private static void draw(Image picture, BufferedImage sheet, int left, int top) {
    byte[] pixels = picture.pixels();
    int plane = picture.height() * picture.width();
    for (int i = 0; i < plane; i++) {
      int colour =
          (pixels[i] & 0xff) << 16 | (pixels[plane + i] & 0xff) << 8 | pixels[2 * plane + i] & 0xff;
      sheet.setRGB(left + i % picture.width(), top + i / picture.width(), colour);
    }
  }

  private static byte[] encoded(BufferedImage sheet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(sheet, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
