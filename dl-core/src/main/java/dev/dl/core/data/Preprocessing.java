package dev.dl.core.data;

import dev.dl.core.data.image.ImageFormatException;
import dev.dl.core.data.image.ImageReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What turns a picture into a network's input as in training, and its output into a class: all that
 * a run has to keep of its data in order to predict.
 *
 * @param shape of every input
 * @param normalization of its pixels
 * @param classNames by class index
 */
public record Preprocessing(
    ImageShape shape, Normalization normalization, List<String> classNames) {

  public Preprocessing {
    classNames = List.copyOf(classNames);
  }

  /**
   * Reads a picture file into an input, {@code [channels, height, width]}.
   *
   * @throws DataException if it is no picture that can be read
   */
  public float[] read(Path file) throws IOException {
    float[] input = new float[shape.size()];
    Augmentation.NONE.apply(pixels(file, shape), shape, normalization.tables(), input, 0);
    return input;
  }

  /** Reads a picture file into the pixels of a dataset of this shape. */
  static byte[] pixels(Path file, ImageShape shape) throws IOException {
    try {
      return ImageReader.read(file)
          .withChannels(shape.channels())
          .fit(shape.height(), shape.width())
          .pixels();
    } catch (ImageFormatException e) {
      throw new DataException(List.of(problem(file, e)));
    }
  }

  static String problem(Path file, ImageFormatException e) {
    return file
        + ": found "
        + e.getMessage()
        + ", expected a PNG, JPEG, GIF, BMP, WebP or TIFF picture";
  }
}
