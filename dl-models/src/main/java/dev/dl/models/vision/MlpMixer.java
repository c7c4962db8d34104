package dev.dl.models.vision;

import static dev.dl.models.block.PatchEmbedding.patchEmbedding;
import static dev.dl.models.block.Residual.residual;

import dev.dl.models.block.FeedForward;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.LayerNormalization;
import dev.dl.models.layer.MeanOverTokens;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.TransposeSequence;

/**
 * MLP-Mixer (Tolstikhin et al. 2021): dense layers over the patches of each channel, then over the
 * channels of each patch, and nothing else. Weights are named as timm names them.
 *
 * @param patch height and width of a patch
 * @param layers number of blocks
 * @param hidden channels of each patch
 * @param tokenMixing width between the dense layers over patches
 * @param channelMixing width between those over channels
 */
public record MlpMixer(int patch, int layers, int hidden, int tokenMixing, int channelMixing)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/2105.01601";

  /** Table 1. */
  public static final MlpMixer SMALL = new MlpMixer(16, 8, 512, 256, 2048);

  public static final MlpMixer BASE = new MlpMixer(16, 12, 768, 384, 3072);

  /** For 32x32 images. */
  public static final MlpMixer SMALL_IMAGES = new MlpMixer(4, 8, 256, 128, 1024);

  private static final double EPSILON = 1e-6;

  @Override
  public Graph define(Input input, Head head) {
    Node x = patchEmbedding(Node.input(Shape.of(input.image())), "stem", patch, hidden);
    for (int layer = 0; layer < layers; layer++) {
      x = block(x, "blocks." + layer);
    }
    return Graph.of(
        x.then("norm", new LayerNormalization(EPSILON))
            .then("mean", new MeanOverTokens())
            .then("head", Dense.transformer(head.outputs())));
  }

  /** {@code [patches, hidden]} to the same. */
  private Node block(Node x, String place) {
    Node channels =
        x.then(place + ".norm1", new LayerNormalization(EPSILON))
            .then(place + ".mlp_tokens.transpose", new TransposeSequence());
    Node overTokens =
        FeedForward.feedForward(channels, place + ".mlp_tokens", tokenMixing, Dense::linear)
            .then(place + ".mlp_tokens.back", new TransposeSequence());
    Node y = residual(x, overTokens, place + ".mlp_tokens", 0);
    Node overChannels =
        FeedForward.feedForward(
            y.then(place + ".norm2", new LayerNormalization(EPSILON)),
            place + ".mlp_channels",
            channelMixing,
            Dense::linear);
    return residual(y, overChannels, place + ".mlp_channels", 0);
  }
}
