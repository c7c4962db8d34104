package dev.dl.models.block;

import dev.dl.models.graph.Node;
import dev.dl.models.layer.MeanOverTokens;
import dev.dl.models.layer.UnitLength;

/**
 * A vector of length one for a whole text: the mean over its tokens, as Sentence-BERT has it
 * (Reimers and Gurevych 2019, https://arxiv.org/abs/1908.10084).
 */
public final class TextVector {
  private TextVector() {}

  /**
   * The vector of a sequence.
   *
   * @param tokens {@code [length, features]}
   * @param mask {@code [length]}, zero where there is padding
   */
  public static Node of(Node tokens, Node mask) {
    return Node.join("mean", new MeanOverTokens(), tokens, mask)
        .then("normalize", new UnitLength());
  }
}
