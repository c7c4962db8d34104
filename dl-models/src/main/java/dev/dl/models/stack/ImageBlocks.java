package dev.dl.models.stack;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.Window;
import dev.dl.models.block.PatchEmbedding;
import dev.dl.models.block.SqueezeExcitation;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.BatchNormalization;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.GroupNormalization;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.TransposedConvolution;
import java.util.Optional;

/** Blocks that read images. */
final class ImageBlocks {
  private ImageBlocks() {}

  /** Half an odd window: with a stride of 1 the image keeps its size. None of an even one. */
  private static int usualPadding(int window) {
    return window % 2 == 1 ? window / 2 : 0;
  }

  /**
   * A convolution whose weights begin as He et al. (2015) have it.
   *
   * @param padding {@code null}: half of an odd kernel
   */
  record Conv(
      @Minimum(1) int channels,
      @Default("3") @Minimum(1) int kernel,
      @Default("1") @Minimum(1) int stride,
      @Default("null") @Minimum(0) Integer padding,
      @Default("1") @Minimum(1) int groups,
      @Default("true") boolean bias,
      @Default("none") Activation activation)
      implements Block {

    Conv {
      padding = padding == null ? usualPadding(kernel) : padding;
    }

    @Override
    public Node after(Node x, Place place) {
      Window window = Window.of(kernel, stride, padding);
      return place.activated(
          activation, fused -> new Convolution(channels, window, groups, bias, fused, true), x);
    }

    @Override
    public Optional<Block> ending(Activation end) {
      return activation == Activation.NONE
          ? Optional.of(new Conv(channels, kernel, stride, padding, groups, bias, end))
          : Optional.empty();
    }
  }

  /** A convolution of each channel alone. */
  record DepthwiseConv(
      @Default("3") @Minimum(1) int kernel,
      @Default("1") @Minimum(1) int stride,
      @Default("true") boolean bias,
      @Default("none") Activation activation)
      implements Block {

    @Override
    public Node after(Node x, Place place) {
      int channels = x.shape().image().channels();
      return new Conv(channels, kernel, stride, null, channels, bias, activation).after(x, place);
    }

    @Override
    public Optional<Block> ending(Activation end) {
      return activation == Activation.NONE
          ? Optional.of(new DepthwiseConv(kernel, stride, bias, end))
          : Optional.empty();
    }
  }

  /** A transposed convolution that makes images larger. */
  record TransposedConv(@Minimum(1) int channels, @Default("2") @Minimum(2) int factor)
      implements Block {
    @Override
    public Node after(Node x, Place place) {
      return x.then(
          place.name(), new TransposedConvolution(channels, Window.tiles(factor), 0, 1, true));
    }
  }

  /** Batch normalization of each channel. */
  record BatchNorm(@Default("none") Activation activation) implements Block {
    @Override
    public Node after(Node x, Place place) {
      return place.activated(activation, BatchNormalization::new, x);
    }

    @Override
    public Optional<Block> ending(Activation end) {
      return activation == Activation.NONE ? Optional.of(new BatchNorm(end)) : Optional.empty();
    }
  }

  /** Normalization of groups of channels of each image alone. */
  record GroupNorm(@Default("8") @Minimum(1) int groups) implements Block {
    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new GroupNormalization(groups));
    }
  }

  /**
   * The largest value of each window.
   *
   * @param stride {@code null}: the size, so that windows do not overlap
   */
  record MaxPool(
      @Default("2") @Minimum(1) int size,
      @Default("null") @Minimum(1) Integer stride,
      @Default("0") @Minimum(0) int padding)
      implements Block {

    MaxPool {
      stride = stride == null ? size : stride;
    }

    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new Pooling(false, Window.of(size, stride, padding)));
    }
  }

  /**
   * The mean of each window.
   *
   * @param stride {@code null}: the size, so that windows do not overlap
   */
  record AveragePool(
      @Default("2") @Minimum(1) int size,
      @Default("null") @Minimum(1) Integer stride,
      @Default("0") @Minimum(0) int padding)
      implements Block {

    AveragePool {
      stride = stride == null ? size : stride;
    }

    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new Pooling(true, Window.of(size, stride, padding)));
    }
  }

  /** The mean of each channel: a vector. */
  record GlobalAveragePool() implements Block {
    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new GlobalAveragePooling());
    }
  }

  /**
   * Channels weighted by what the whole image holds.
   *
   * @param reduction how many times fewer units than channels lie between
   */
  record SqueezeExcite(@Default("16") @Minimum(1) int reduction) implements Block {
    @Override
    public Node after(Node x, Place place) {
      int squeezed = Math.max(1, x.shape().image().channels() / reduction);
      return SqueezeExcitation.to(squeezed).of(x, place.name());
    }
  }

  /** All values of an image as one vector. */
  record Flatten() implements Block {
    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new dev.dl.models.layer.Flatten());
    }
  }

  /**
   * The image as a sequence: a vector for each of the squares that it is cut into.
   *
   * @param size height and width of a square
   */
  record Patches(@Minimum(1) int size, @Minimum(1) int features) implements Block {
    @Override
    public Node after(Node x, Place place) {
      return PatchEmbedding.patchEmbedding(x, place.name(), size, features);
    }
  }
}
