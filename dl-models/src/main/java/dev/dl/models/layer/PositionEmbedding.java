package dev.dl.models.layer;

import java.util.List;

/**
 * Adds a trained vector for each position of a sequence. Parameter {@code weight [positions,
 * features]}, of which a shorter sequence uses the first rows.
 *
 * @param positions of the longest sequence
 */
public record PositionEmbedding(int positions) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.get(0).length() > positions) {
      throw new IllegalArgumentException(
          "got a sequence of %d, expected at most %d positions"
              .formatted(inputs.get(0).length(), positions));
    }
    return inputs.get(0);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    return AddedRows.table(positions, inputs.get(0));
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new AddedRows(context, "weight", true);
  }
}
