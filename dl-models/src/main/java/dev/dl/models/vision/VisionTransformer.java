package dev.dl.models.vision;

import static dev.dl.models.block.PatchEmbedding.patchEmbedding;
import static dev.dl.models.block.Residual.residual;

import dev.dl.models.block.FeedForward;
import dev.dl.models.block.Residual;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.ClassToken;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.FirstToken;
import dev.dl.models.layer.LayerNormalization;
import dev.dl.models.layer.PatchPositions;
import dev.dl.models.layer.SelfAttention;
import dev.dl.models.layer.Shape;

/**
 * Vision transformer (Dosovitskiy et al. 2020): patches of an image as words of a sentence, a class
 * token before them, and blocks of attention that normalize first. Weights are named as timm names
 * them.
 *
 * @param patch height and width of a patch
 * @param layers number of blocks
 * @param hidden features of each patch
 * @param feedForward width between the two dense layers of a block
 * @param stochasticDepth rate of the last block, growing evenly from zero
 */
public record VisionTransformer(
    int patch, int layers, int hidden, int heads, int feedForward, double stochasticDepth)
    implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/2010.11929";

  /** As DeiT trains them on ImageNet alone (Touvron et al. 2020, arXiv:2012.12877). */
  public static final VisionTransformer TINY = deit(192, 3);

  public static final VisionTransformer SMALL = deit(384, 6);
  public static final VisionTransformer BASE = deit(768, 12);

  /** For 32x32 images: ViT-Lite-7/4 (Hassani et al. 2021, arXiv:2104.05704). */
  public static final VisionTransformer SMALL_IMAGES =
      new VisionTransformer(4, 7, 256, 4, 512, 0.1);

  private static final double EPSILON = 1e-6;

  private static VisionTransformer deit(int hidden, int heads) {
    return new VisionTransformer(16, 12, hidden, heads, 4 * hidden, 0.1);
  }

  @Override
  public Graph define(Input input, Head head) {
    Node x =
        patchEmbedding(Node.input(Shape.of(input.image())), "patch_embed", patch, hidden)
            .then("cls_token", new ClassToken())
            .then("pos_embed", new PatchPositions());
    for (int layer = 0; layer < layers; layer++) {
      x = block(x, "blocks." + layer, Residual.growing(stochasticDepth, layer, layers));
    }
    return Graph.of(
        x.then("norm", new LayerNormalization(EPSILON))
            .then("class", new FirstToken())
            .then("head", Dense.transformer(head.outputs())));
  }

  /** {@code [1 + patches, hidden]} to the same. */
  private Node block(Node x, String place, double rate) {
    Node attended =
        x.then(place + ".norm1", new LayerNormalization(EPSILON))
            .then(place + ".attn.qkv", Dense.transformer(3 * hidden))
            .then(place + ".attn", new SelfAttention(heads, false, 0))
            .then(place + ".attn.proj", Dense.transformer(hidden));
    Node y = residual(x, attended, place + ".attn", rate);
    Node normalized = y.then(place + ".norm2", new LayerNormalization(EPSILON));
    Node mixed =
        FeedForward.feedForward(normalized, place + ".mlp", feedForward, Dense::transformer);
    return residual(y, mixed, place + ".mlp", rate);
  }
}
