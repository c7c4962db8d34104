package dev.dl.models.layer;

import java.util.List;

/**
 * A trained array of a layer.
 *
 * @param name as PyTorch names it within the layer: {@code weight}, {@code bias}, or {@link
 *     #NAMELESS}
 * @param shape as PyTorch shapes it
 * @param initializer the values before training
 * @param decayed whether weight decay applies; biases and norms are exempt
 */
public record Parameter(String name, List<Long> shape, Initializer initializer, boolean decayed) {

  /** The name of the only parameter of a layer that gives it its own: {@code cls_token}. */
  public static final String NAMELESS = "";

  public Parameter {
    shape = List.copyOf(shape);
  }

  /** A parameter with the name of its layer, which weight decay leaves alone. */
  public static Parameter nameless(Initializer initializer, long... shape) {
    return new Parameter(NAMELESS, boxed(shape), initializer, false);
  }

  /** As files and configurations call it: {@code layer1.0.conv1.weight}. */
  public String publicName(String layer) {
    return name.equals(NAMELESS) ? layer : layer + "." + name;
  }

  /** A weight matrix or kernel. */
  public static Parameter weight(Initializer initializer, long... shape) {
    return new Parameter("weight", boxed(shape), initializer, true);
  }

  /** A vector that weight decay leaves alone. */
  public static Parameter vector(String name, Initializer initializer, long length) {
    return new Parameter(name, List.of(length), initializer, false);
  }

  /** The same by another name. */
  public Parameter named(String other) {
    return new Parameter(other, shape, initializer, decayed);
  }

  /** Number of values. */
  public long length() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static List<Long> boxed(long... shape) {
    return java.util.stream.LongStream.of(shape).boxed().toList();
  }
}
