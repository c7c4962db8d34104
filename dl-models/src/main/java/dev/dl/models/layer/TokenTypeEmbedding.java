package dev.dl.models.layer;

import java.util.List;

/**
 * Adds the trained vector of a token's type, which is the first for every token, as in inputs of
 * one sentence (Devlin et al. 2018). Parameter {@code weight [types, features]}.
 */
public record TokenTypeEmbedding(int types) implements Layer {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    return AddedRows.table(types, inputs.get(0));
  }

  @Override
  public boolean readsInParts() {
    return true;
  }

  @Override
  public Operation operation(OperationContext context) {
    return new AddedRows(context, "weight", false);
  }
}
