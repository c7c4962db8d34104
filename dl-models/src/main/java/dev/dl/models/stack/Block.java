package dev.dl.models.stack;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import java.util.Optional;

/** A layer, or a group of layers, that a configuration names. */
public sealed interface Block
    permits ImageBlocks.Conv,
        ImageBlocks.DepthwiseConv,
        ImageBlocks.TransposedConv,
        ImageBlocks.BatchNorm,
        ImageBlocks.GroupNorm,
        ImageBlocks.MaxPool,
        ImageBlocks.AveragePool,
        ImageBlocks.GlobalAveragePool,
        ImageBlocks.SqueezeExcite,
        ImageBlocks.Flatten,
        ImageBlocks.Patches,
        CommonBlocks.Dense,
        ActivationBlocks.Relu,
        ActivationBlocks.Activation,
        CommonBlocks.Dropout,
        CommonBlocks.LayerNorm,
        CommonBlocks.Residual,
        SequenceBlocks.Embedding,
        SequenceBlocks.Positions,
        SequenceBlocks.Conv1d,
        SequenceBlocks.Lstm,
        SequenceBlocks.Gru,
        SequenceBlocks.TransformerBlock,
        SequenceBlocks.MeanOverTokens,
        SequenceBlocks.MaxOverTokens,
        SequenceBlocks.FirstToken,
        SequenceBlocks.LastToken {

  /**
   * The last of this block's layers; a shape that it cannot take is refused with an
   * IllegalArgumentException.
   *
   * @param x what it reads
   * @param place what its layers are named after
   */
  Node after(Node x, Place place);

  /** This block with an activation at its end that costs nothing, where it can have one. */
  default Optional<Block> ending(Activation activation) {
    return Optional.empty();
  }

  /** The function of each element that this is, where it is no more. */
  default Optional<Activation> asActivation() {
    return Optional.empty();
  }

  /** Whether this makes one vector of a sequence. */
  default boolean endsSequence() {
    return false;
  }
}
