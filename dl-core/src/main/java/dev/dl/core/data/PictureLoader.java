package dev.dl.core.data;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageFormatException;
import dev.dl.core.data.image.ImageReader;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How a picture file becomes a picture of a dataset.
 *
 * @param shape the picture's, which may still be larger where crops are taken at random
 * @param filter of resizing to it
 * @param whole whether it keeps its own height and width
 */
record PictureLoader(ImageShape shape, Filter filter, boolean whole) {

  /**
   * Reads a file.
   *
   * @throws DataException if it is no picture that can be read
   */
  Image load(Path file) throws IOException {
    try {
      return load(file, ImageReader.content(file));
    } catch (ImageFormatException e) {
      throw new DataException(List.of(problem(file, e)));
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param name of the file, for messages
   * @throws DataException if it is no picture that can be read
   */
  Image load(Object name, byte[] content) throws IOException {
    try {
      return prepared(ImageReader.read(content));
    } catch (ImageFormatException e) {
      throw new DataException(List.of(problem(name, e)));
    }
  }

  /** A picture with this loader's channels and size. */
  Image prepared(Image image) {
    Image converted = image.withChannels(shape.channels());
    return whole ? converted : converted.fit(shape.height(), shape.width(), filter);
  }

  static String problem(Object file, ImageFormatException e) {
    return file
        + ": found "
        + e.getMessage()
        + ", expected a PNG, JPEG, GIF, BMP, WebP or TIFF picture";
  }
}
