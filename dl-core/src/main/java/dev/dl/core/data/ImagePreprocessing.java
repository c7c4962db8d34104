package dev.dl.core.data;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.TargetEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * From a picture to a network's input.
 *
 * @param shape of every input
 * @param filter by which other pictures are resized to it
 * @param normalization of its pixels
 * @param target what the network is to answer
 */
public record ImagePreprocessing(
    ImageShape shape, Filter filter, Normalization normalization, TargetEncoding target)
    implements Preprocessing {

  public ImagePreprocessing {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(target, "target");
    if (shape.channels() != normalization.mean().size()) {
      throw new IllegalArgumentException(
          "pictures " + shape + " with normalization of " + normalization.mean().size());
    }
  }

  /** Preprocessing of pictures of classes, by index. */
  public static ImagePreprocessing ofClasses(
      ImageShape shape, Filter filter, Normalization normalization, List<String> classNames) {
    return new ImagePreprocessing(
        shape, filter, normalization, new ClassEncoding("label", classNames));
  }

  @Override
  public List<String> classNames() {
    return target.outputs();
  }

  @Override
  public void read(Path file, Consumer<Item> use) throws IOException {
    use.accept(new Item(file.toString(), read(file)));
  }

  /**
   * Reads a picture file into an input, {@code [channels, height, width]}.
   *
   * @throws DataException if it is no picture that can be read
   */
  public float[] read(Path file) throws IOException {
    Image image = new PictureLoader(shape, filter, false).load(file);
    float[] input = new float[shape.size()];
    normalization.apply(image.pixels(), normalization.tables(), input, 0);
    return input;
  }
}
