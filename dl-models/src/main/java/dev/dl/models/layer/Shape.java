package dev.dl.models.layer;

import dev.dl.core.data.image.ImageShape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The shape of what flows between layers, for one sample: {@code [features]}, {@code [length,
 * features]} or {@code [channels, height, width]}.
 *
 * @param sizes along each axis
 */
public record Shape(List<Integer> sizes) {

  public Shape {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException("shape " + sizes);
    }
  }

  public static Shape of(int... sizes) {
    return new Shape(IntStream.of(sizes).boxed().toList());
  }

  public static Shape of(ImageShape image) {
    return of(image.channels(), image.height(), image.width());
  }

  public boolean isImage() {
    return sizes.size() == 3;
  }

  /** This shape as an image's; anything else is refused. */
  public ImageShape image() {
    if (!isImage()) {
      throw new IllegalArgumentException(
          "got the shape " + this + ", expected channels x height x width");
    }
    return new ImageShape(sizes.get(0), sizes.get(1), sizes.get(2));
  }

  /** The length of a vector, or of each vector of a sequence; an image is refused. */
  public int features() {
    requireVectors();
    return sizes.get(sizes.size() - 1);
  }

  private void requireVectors() {
    if (isImage()) {
      throw new IllegalArgumentException(
          "got the shape " + this + ", expected a vector: flatten or pool it first");
    }
  }

  /** The length of a vector of ids; anything else is refused. */
  public int ids() {
    if (sizes.size() != 1) {
      throw new IllegalArgumentException(
          "got the shape " + this + ", expected a vector of ids: [length]");
    }
    return sizes.get(0);
  }

  public boolean isSequence() {
    return sizes.size() == 2;
  }

  /** Vectors in a sequence; anything else is refused. */
  public int length() {
    if (!isSequence()) {
      throw new IllegalArgumentException("got the shape " + this + ", expected length x features");
    }
    return sizes.get(0);
  }

  /** Refuses the inputs of a layer that reads a sequence and, if at all, a mask of its length. */
  static void requireMask(List<Shape> inputs) {
    int length = inputs.get(0).length();
    if (inputs.size() > 2 || inputs.size() == 2 && !inputs.get(1).equals(of(length))) {
      throw new IllegalArgumentException(
          "got inputs %s, expected a sequence and a mask of its length".formatted(inputs));
    }
  }

  /** The same, with vectors of another length; an image is refused. */
  public Shape withFeatures(int features) {
    requireVectors();
    return isSequence() ? of(length(), features) : of(features);
  }

  /** The shape of an array that holds {@code batch} vectors or sequences. */
  public long[] arrayShape(long batch) {
    return LongStream.concat(LongStream.of(batch), sizes.stream().mapToLong(Integer::longValue))
        .toArray();
  }

  /** Number of values in one sample. */
  public int size() {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }

  @Override
  public String toString() {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
