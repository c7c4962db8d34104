package dev.dl.models.layer;

import dev.dl.core.kernel.AttentionGeometry;
import dev.dl.core.kernel.AttentionKernel;
import dev.dl.core.kernel.DropoutMask;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Multi-head attention of a sequence to itself (Vaswani et al. 2017,
 * https://arxiv.org/abs/1706.03762), without projections: from queries, keys and values in one
 * array {@code [length, 3 · features]} to {@code [length, features]}. Joined with a mask {@code
 * [length]}, keys where it is zero are not attended to.
 *
 * @param causal whether a position attends only to itself and those before it
 * @param dropout rate at which probabilities are dropped
 */
public record SelfAttention(int heads, boolean causal, double dropout) implements Layer {

  public SelfAttention {
    DropoutMask.requireRate(dropout);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape.requireMask(inputs);
    return inputs.get(0).withFeatures(geometry(inputs).features());
  }

  private AttentionGeometry geometry(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (heads < 1 || input.features() % (3 * heads) != 0) {
      throw new IllegalArgumentException(
          "got %d features, expected queries, keys and values for %d heads"
              .formatted(input.features(), heads));
    }
    return new AttentionGeometry(input.length(), heads, input.features() / (3 * heads), causal);
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    AttentionGeometry geometry = geometry(inputs);
    return 2L * geometry.length() * geometry.length() * geometry.features();
  }

  @Override
  public boolean readsInParts() {
    return causal;
  }

  @Override
  public Operation operation(OperationContext context) {
    AttentionGeometry longest = geometry(context.inputs());
    return new Operation() {
      private INDArray input;
      private INDArray mask;
      private DropoutMask dropped;
      private AttentionKernel attention;

      @Override
      public INDArray forward(INDArray[] inputs, boolean training, Memory memory) {
        input = inputs[0];
        mask = inputs.length > 1 ? inputs[1] : null;
        dropped = context.dropout(dropout, training);
        attention = context.kernels().attention(longest.ofLength((int) input.size(1)));
        INDArray output = memory.activation(input.size(0), input.size(1), longest.features());
        Optional<KeyValueCache> cache =
            context.past().map(past -> new KeyValueCache(longest, context, past));
        cache.ifPresent(kept -> kept.add(input));
        if (cache.isEmpty() || cache.get().isEmpty()) {
          attention.forward(input, mask, dropped, output);
        } else {
          cache.get().attend(input, output);
        }
        return output;
      }

      @Override
      public INDArray[] backward(INDArray outputGradient, Memory memory) {
        INDArray inputGradient = memory.gradient(input.shape());
        attention.backward(input, mask, dropped, outputGradient, inputGradient);
        return mask == null ? new INDArray[] {inputGradient} : new INDArray[] {inputGradient, null};
      }
    };
  }
}
