package dev.dl.core.data;

import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageHeader;
import dev.dl.core.data.image.ImageReader;
import dev.dl.core.data.image.ImageShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * From a picture to a network's input, and from the classes of its pixels to a mask.
 *
 * @param pictures whose target is the class of a pixel
 * @param numbers of the classes in masks
 */
public record MaskPreprocessing(ImagePreprocessing pictures, MaskNumbers numbers)
    implements Preprocessing {

  public MaskPreprocessing {
    Objects.requireNonNull(pictures, "pictures");
    Objects.requireNonNull(numbers, "numbers");
  }

  @Override
  public List<String> classNames() {
    return pictures.classNames();
  }

  @Override
  public void read(Path file, Consumer<Item> use) throws IOException {
    pictures.read(file, use);
  }

  /**
   * What a network says of a picture file as a mask of the picture's own size. What was cut off to
   * fit the network has no class.
   *
   * @param classes index for each pixel of the network's input
   * @return numbers as in the masks of training
   */
  public Image mask(Path file, int[] classes) throws IOException {
    ImageShape shape = pictures.shape();
    byte[] pixels = new byte[classes.length];
    for (int i = 0; i < classes.length; i++) {
      pixels[i] = (byte) (classes[i] + 1);
    }
    ImageHeader size = ImageReader.header(file);
    Image mask = new Image(1, shape.height(), shape.width(), pixels);
    return numbers.numbers(mask.unfit(size.height(), size.width()));
  }
}
