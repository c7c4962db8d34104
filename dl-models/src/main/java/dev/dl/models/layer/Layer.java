package dev.dl.models.layer;

import java.util.List;

/**
 * One layer of a network: what it computes, as plain data. Needs no ND4J until {@link #operation}.
 */
public interface Layer {

  /**
   * The shape of one output sample; shapes that do not fit are refused with an
   * IllegalArgumentException.
   */
  Shape outputShape(List<Shape> inputs);

  /** The trained arrays. */
  default List<Parameter> parameters(List<Shape> inputs) {
    return List.of();
  }

  /** Arrays that are kept with the weights but not trained, such as running statistics. */
  default List<Parameter> buffers(List<Shape> inputs) {
    return List.of();
  }

  /** Multiplications with addition that a forward pass of one sample takes in matrix products. */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  /**
   * Whether outside of training this layer does the work of {@code reader} too, the only layer that
   * reads it; its operation finds that one in {@link OperationContext#folded}.
   */
  default boolean folds(Layer reader) {
    return false;
  }

  /**
   * Whether a text may be read part by part: given what {@link OperationContext#past} remembers of
   * the parts before, each pass gives for its tokens what one pass over the whole text would.
   */
  default boolean readsInParts() {
    return false;
  }

  /** The layer as it runs in one place of one network. */
  Operation operation(OperationContext context);
}
