package dev.dl.models.graph;

import dev.dl.core.data.image.ImageShape;
import dev.dl.models.layer.Shape;

/** Images of one shape: {@code [channels, height, width]}. */
public record ImageInput(ImageShape image) implements Input {

  /** Images of this many channels, rows and columns. */
  public static ImageInput of(int channels, int height, int width) {
    return new ImageInput(new ImageShape(channels, height, width));
  }

  @Override
  public Shape shape() {
    return Shape.of(image);
  }

  @Override
  public String toString() {
    return image + " images";
  }
}
