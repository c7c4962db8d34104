package dev.dl.core.data.image;

import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads PNG, JPEG, GIF (its first frame), BMP, WebP and TIFF (its first page) files. What a file
 * is, its content decides, not its name. The orientation noted by cameras is applied, colour
 * profiles are not: pixels are those of Pillow after {@code exif_transpose}.
 */
public final class ImageReader {
  /** Pillow's limit too: above it, a picture is taken for an attack on memory. */
  public static final long MOST_PIXELS = 89_478_485;

  private static final long MOST_BYTES = 1 << 30;

  /** Warnings of the JPEG reader after which it makes pixels up; others are harmless. */
  private static final List<String> DAMAGE = List.of("Truncated", "Premature", "Corrupt");

  private static final String CUT_OFF = "it ends too early";

  private ImageReader() {}

  /**
   * Reads the size of a picture, and no pixels.
   *
   * @throws ImageFormatException if it is no picture, or one of too many pixels
   */
  public static ImageHeader header(Path file) throws IOException {
    return header(content(file), MOST_PIXELS);
  }

  /** Reads the size of a picture of at most so many pixels, from the content of a file. */
  public static ImageHeader header(byte[] content, long mostPixels) throws IOException {
    return using(content, mostPixels, opened -> opened.orientation().upright(opened.header()));
  }

  /**
   * Reads a picture with the channels that it has: grey or colours, with alpha or without. Colours
   * that are grey in every pixel become one channel, however they are stored.
   *
   * @throws ImageFormatException if it is no picture, is damaged or has too many pixels
   */
  public static Image read(Path file) throws IOException {
    return read(content(file));
  }

  /** Reads a picture as {@link #read(Path)} does, from the content of a file. */
  public static Image read(byte[] content) throws IOException {
    return read(content, MOST_PIXELS);
  }

  /** Reads a picture of at most so many pixels, from the content of a file. */
  public static Image read(byte[] content, long mostPixels) throws IOException {
    return using(
        content,
        mostPixels,
        opened -> opened.orientation().upright(opened.decode().greyIfAllIsGrey()));
  }

  /**
   * Reads the numbers that the pixels of a mask have, from the content of a file: levels of grey or
   * indices of a palette, as they are stored.
   *
   * @return a picture of one channel
   * @throws ImageFormatException if it is no picture, or one of something else than numbers to 255
   */
  public static Image numbers(byte[] content) throws IOException {
    return using(content, MOST_PIXELS, opened -> DecodedImage.numbers(opened.stored()));
  }

  /**
   * The bytes of a picture file, whatever they are.
   *
   * @throws ImageFormatException if it is no file but a folder, pipe or device, or above 1 GiB
   */
  public static byte[] content(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new ImageFormatException("something other than a file");
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new ImageFormatException(Files.size(file) + " bytes, above the limit of " + MOST_BYTES);
    }
    return Files.readAllBytes(file);
  }

  private static <T> T using(byte[] content, long mostPixels, Decoding<T> decoding)
      throws IOException {
    if (content.length == 0) {
      throw new ImageFormatException("an empty file");
    }
    try (ImageInputStream in = new ContentStream(content)) {
      Opened opened = open(content, in);
      try {
        opened.reader().setInput(in, true, true);
        opened.refuseAbove(mostPixels);
        opened.refuseAbove(opened.format().mostPixels(content));
        return decoding.decode(opened);
      } catch (ImageFormatException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        String why = e instanceof EOFException ? CUT_OFF : e.getMessage();
        throw new ImageFormatException("a picture that cannot be decoded (" + why + ")");
      } finally {
        opened.reader().dispose();
      }
    }
  }

  private static Opened open(byte[] content, ImageInputStream in) throws IOException {
    for (Iterator<javax.imageio.ImageReader> readers = ImageIO.getImageReaders(in);
        readers.hasNext(); ) {
      javax.imageio.ImageReader reader = readers.next();
      Optional<ImageFormat> format = ImageFormat.named(reader.getFormatName());
      if (format.isPresent()) {
        if (!format.get().isComplete(content)) {
          throw new ImageFormatException("a damaged picture (" + CUT_OFF + ")");
        }
        return new Opened(format.get(), format.get().metadata(content), reader);
      }
    }
    throw new ImageFormatException("another kind of content");
  }

  /** What to read from an opened picture. */
  private interface Decoding<T> {
    T decode(Opened picture) throws IOException;
  }

  /** A picture file whose kind is known, and the reader for it. */
  private record Opened(ImageFormat format, Metadata metadata, javax.imageio.ImageReader reader) {

    Orientation orientation() {
      ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer tag = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return Orientation.of(tag == null ? 0 : tag);
    }

    /** The size as it is stored. */
    ImageHeader header() throws IOException {
      return new ImageHeader(reader.getHeight(0), reader.getWidth(0));
    }

    void refuseAbove(long mostPixels) throws IOException {
      long pixels = (long) header().height() * header().width();
      if (pixels < 1 || pixels > mostPixels) {
        throw new ImageFormatException(header() + " pixels, above the limit of " + mostPixels);
      }
    }

    /** The pixels as they are stored: a type of its own asked for, a reader converts no colours. */
    Image decode() throws IOException {
      AtomicReference<String> warning = new AtomicReference<>();
      reader.addIIOReadWarningListener(
          (source, text) -> {
            if (DAMAGE.stream().anyMatch(text::startsWith)) {
              warning.set(text);
            }
          });
      Image image;
      if (format == ImageFormat.JPEG) {
        image = JpegColours.toImage(reader.readRaster(0, null), metadata);
      } else {
        image = DecodedImage.toImage(stored());
      }
      if (warning.get() != null) {
        throw new ImageFormatException("a damaged picture (" + warning.get() + ")");
      }
      return image;
    }

    private BufferedImage stored() throws IOException {
      ImageReadParam parameters = reader.getDefaultReadParam();
      ImageTypeSpecifier stored = reader.getRawImageType(0);
      if (stored != null) {
        parameters.setDestinationType(stored);
      }
      return reader.read(0, parameters);
    }
  }
}
