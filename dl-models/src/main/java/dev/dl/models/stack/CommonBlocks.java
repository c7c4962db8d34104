package dev.dl.models.stack;

import dev.dl.core.config.Above;
import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.LayerNormalization;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.StochasticDepth;
import java.util.List;
import java.util.Optional;

/** Blocks that read several kinds of shapes. */
final class CommonBlocks {
  private CommonBlocks() {}

  /** A dense layer, of each vector of a sequence alone. */
  record Dense(
      @Minimum(1) int units, @Default("true") boolean bias, @Default("none") Activation activation)
      implements Block {
    @Override
    public Node after(Node x, Place place) {
      return place.activated(
          activation,
          fused ->
              new dev.dl.models.layer.Dense(
                  units, bias, fused, dev.dl.models.layer.Dense.Start.USUAL),
          x);
    }

    @Override
    public Optional<Block> ending(Activation end) {
      return activation == Activation.NONE
          ? Optional.of(new Dense(units, bias, end))
          : Optional.empty();
    }
  }

  /** In training, values are zero at random. */
  record Dropout(@Default("0.5") @Minimum(0) @Below(1) double rate) implements Block {
    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new dev.dl.models.layer.Dropout(rate));
    }
  }

  /** Normalization of each vector. */
  record LayerNorm(@Default("1e-5") @Above(0) double epsilon) implements Block {
    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new LayerNormalization(epsilon));
    }
  }

  /**
   * Blocks beside a shortcut, added in the end. Where the blocks change channels or size of an
   * image, the shortcut is a normalized 1x1 convolution (He et al. 2015, option B).
   *
   * @param activation after the addition
   * @param dropPath rate of samples that are left without the blocks in training
   */
  record Residual(
      List<Block> layers,
      @Default("none") Activation activation,
      @Default("0") @Minimum(0) @Below(1) double dropPath)
      implements Block {

    Residual {
      layers = List.copyOf(layers);
    }

    @Override
    public Node after(Node x, Place place) {
      Node branch = Stack.chain(x, layers, place);
      Node kept =
          dropPath == 0
              ? branch
              : branch.then(place.name() + ".drop_path", new StochasticDepth(dropPath));
      Node shortcut = shortcut(x, kept.shape(), place);
      return place.activated(activation, Add::new, shortcut, kept);
    }

    private static Node shortcut(Node x, Shape branch, Place place) {
      if (x.shape().equals(branch) || !x.shape().isImage() || !branch.isImage()) {
        return x;
      }
      int smaller = branch.image().height();
      int stride = (x.shape().image().height() + smaller - 1) / smaller;
      Window pixel = Window.of(1, stride, 0);
      int channels = branch.image().channels();
      return x.then(
              place.name() + ".downsample.0",
              new Convolution(channels, pixel, 1, false, Activation.NONE, true))
          .then(place.name() + ".downsample.1", new BatchNormalization(Activation.NONE));
    }

    @Override
    public Optional<Block> ending(Activation end) {
      return activation == Activation.NONE
          ? Optional.of(new Residual(layers, end, dropPath))
          : Optional.empty();
    }
  }
}
