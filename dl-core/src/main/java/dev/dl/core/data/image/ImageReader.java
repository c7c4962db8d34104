package dev.dl.core.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads PNG, JPEG, GIF (its first frame) and BMP files. What a file is, its content decides, not
 * its name. Transparency and the orientation noted by cameras are ignored, as torchvision does.
 */
public final class ImageReader {
  private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");

  /** Pillow's limit too: above it, a picture is taken for an attack on memory. */
  private static final long MOST_PIXELS = 89_478_485;

  /** Warnings of the JPEG reader after which it makes pixels up; others are harmless. */
  private static final List<String> DAMAGE = List.of("Truncated", "Premature", "Corrupt");

  private ImageReader() {}

  /**
   * Reads the size of a picture, and no pixels.
   *
   * @throws ImageFormatException if it is no picture, or one of too many pixels
   */
  public static ImageHeader header(Path file) throws IOException {
    return using(file, (reader, warning) -> header(reader));
  }

  /**
   * Reads a picture: of one channel if all its pixels are grey, else of three.
   *
   * @throws ImageFormatException if it is no picture, is damaged or has too many pixels
   */
  public static Image read(Path file) throws IOException {
    return using(
        file,
        (reader, warning) -> {
          header(reader);
          BufferedImage decoded = reader.read(0);
          if (warning.get() != null) {
            throw new ImageFormatException("a damaged picture (" + warning.get() + ")");
          }
          return toImage(decoded);
        });
  }

  private static <T> T using(Path file, Decoding<T> decoding) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new ImageFormatException("something other than a file");
    }
    if (Files.size(file) == 0) {
      throw new ImageFormatException("an empty file");
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      javax.imageio.ImageReader reader = readerFor(in);
      AtomicReference<String> warning = new AtomicReference<>();
      try {
        reader.setInput(in, true, true);
        reader.addIIOReadWarningListener(
            (source, text) -> {
              if (DAMAGE.stream().anyMatch(text::startsWith)) {
                warning.set(text);
              }
            });
        return decoding.decode(reader, warning);
      } catch (ImageFormatException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw new ImageFormatException("a picture that cannot be decoded (" + e.getMessage() + ")");
      } finally {
        reader.dispose();
      }
    }
  }

  private static javax.imageio.ImageReader readerFor(ImageInputStream in) throws IOException {
    for (Iterator<javax.imageio.ImageReader> readers = ImageIO.getImageReaders(in);
        readers.hasNext(); ) {
      javax.imageio.ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
    }
    throw new ImageFormatException("another kind of content");
  }

  private static ImageHeader header(javax.imageio.ImageReader reader) throws IOException {
    ImageHeader header = new ImageHeader(reader.getHeight(0), reader.getWidth(0));
    long pixels = (long) header.height() * header.width();
    if (pixels < 1 || pixels > MOST_PIXELS) {
      throw new ImageFormatException(header + " pixels, above the limit of " + MOST_PIXELS);
    }
    return header;
  }

  private static Image toImage(BufferedImage decoded) {
    return decoded.getColorModel() instanceof ComponentColorModel model
            && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        ? greyImage(decoded)
        : colourImage(decoded);
  }

  /** Takes grey values from the raster: BufferedImage.getRGB would change their gamma. */
  private static Image greyImage(BufferedImage decoded) {
    Raster raster = decoded.getRaster();
    int height = raster.getHeight();
    int width = raster.getWidth();
    int white = (1 << decoded.getSampleModel().getSampleSize(0)) - 1;
    byte[] pixels = new byte[height * width];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = (byte) ((row[x] * 255L + white / 2) / white);
      }
    }
    return new Image(1, height, width, pixels);
  }

  private static Image colourImage(BufferedImage decoded) {
    int height = decoded.getHeight();
    int width = decoded.getWidth();
    int plane = height * width;
    byte[] pixels = new byte[3 * plane];
    int[] row = new int[width];
    boolean grey = true;
    for (int y = 0; y < height; y++) {
      decoded.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        pixels[i] = (byte) (row[x] >> 16);
        pixels[plane + i] = (byte) (row[x] >> 8);
        pixels[2 * plane + i] = (byte) row[x];
        grey &= pixels[i] == pixels[plane + i] && pixels[i] == pixels[2 * plane + i];
      }
    }
    return grey
        ? new Image(1, height, width, Arrays.copyOf(pixels, plane))
        : new Image(3, height, width, pixels);
  }

  /** What to read from an opened picture. */
  private interface Decoding<T> {
    T decode(javax.imageio.ImageReader reader, AtomicReference<String> warning) throws IOException;
  }
}
