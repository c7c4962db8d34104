package dev.dl.models.stack;

import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.LastStep;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.MaximumOverTokens;
import dev.dl.models.layer.PositionEmbedding;
import dev.dl.models.layer.Recurrent;
import dev.dl.models.layer.SequenceConvolution;
import dev.dl.models.layer.SinusoidalPositions;
import java.util.Optional;

/** Blocks that read sequences: texts, or images cut into patches. */
final class SequenceBlocks {
  private SequenceBlocks() {}

  private static void requireNoLookAhead(Place place, String what) {
    if (place.causal()) {
      throw new IllegalArgumentException(
          "expected nothing that reads the tokens to be told: " + what);
    }
  }

  /** A trained vector for each token; the first block of texts. */
  record Embedding(@Minimum(1) int features) implements Block {
    @Override
    public Node after(Node x, Place place) {
      int vocabulary = place.input().text().vocabulary();
      if (!x.isInput()) {
        throw new IllegalArgumentException("expected tokens, at the beginning");
      }
      var vectors = dev.dl.models.layer.Embedding.of(vocabulary, features);
      return x.then(
          place.name(), place.causal() ? vectors : vectors.withPadding(TextInput.PADDING));
    }
  }

  /**
   * Adds what tells positions apart, to vectors that attention would else take for a set.
   *
   * @param trained whether it is a trained vector for each, rather than sines
   */
  record Positions(@Default("false") boolean trained) implements Block {
    @Override
    public Node after(Node x, Place place) {
      Layer layer = trained ? new PositionEmbedding(x.shape().length()) : new SinusoidalPositions();
      return x.then(place.name(), layer);
    }
  }

  /** A convolution over neighbouring vectors. */
  record Conv1d(
      @Minimum(1) int channels,
      @Default("3") @Minimum(1) int kernel,
      @Default("none") Activation activation)
      implements Block {
    @Override
    public Node after(Node x, Place place) {
      requireNoLookAhead(place, "lstm, gru or transformer-block");
      return place.activated(
          activation, fused -> new SequenceConvolution(channels, kernel, fused), x);
    }

    @Override
    public Optional<Block> ending(Activation end) {
      return activation == Activation.NONE
          ? Optional.of(new Conv1d(channels, kernel, end))
          : Optional.empty();
    }
  }

  /** Long short-term memory, over all vectors in order. */
  record Lstm(@Minimum(1) int units, @Default("false") boolean bidirectional) implements Block {
    @Override
    public Node after(Node x, Place place) {
      return recurrent(x, place, Recurrent.lstm(units), bidirectional);
    }
  }

  /** A gated recurrent unit, over all vectors in order. */
  record Gru(@Minimum(1) int units, @Default("false") boolean bidirectional) implements Block {
    @Override
    public Node after(Node x, Place place) {
      return recurrent(x, place, Recurrent.gru(units), bidirectional);
    }
  }

  private static Node recurrent(Node x, Place place, Recurrent layer, boolean bidirectional) {
    if (bidirectional) {
      requireNoLookAhead(place, "one direction");
    }
    return place.masked(x, bidirectional ? layer.inBothDirections() : layer);
  }

  /**
   * Attention and two dense layers, each normalized before and with a shortcut around it.
   *
   * @param feedForward width between the dense layers; {@code null}: four times the features
   */
  record TransformerBlock(
      @Default("4") @Minimum(1) int heads,
      @Default("null") @Minimum(1) Integer feedForward,
      @Default("0.1") @Minimum(0) @Below(1) double dropout)
      implements Block {
    private static final double EPSILON = 1e-5;

    @Override
    public Node after(Node x, Place place) {
      int features = x.shape().features();
      if (x.shape().length() < 1 || features % heads != 0) {
        throw new IllegalArgumentException(
            "expected vectors whose length is a multiple of the " + heads + " heads");
      }
      var settings =
          new dev.dl.models.block.TransformerBlock.Settings(
              heads, feedForward == null ? 4 * features : feedForward, dropout, EPSILON);
      return dev.dl.models.block.TransformerBlock.normalizingFirst(
          x, place.mask(), place.causal(), place.name(), settings);
    }
  }

  /** The mean of all vectors. */
  record MeanOverTokens() implements Block {
    @Override
    public Node after(Node x, Place place) {
      return place.masked(x, new dev.dl.models.layer.MeanOverTokens());
    }

    @Override
    public boolean endsSequence() {
      return true;
    }
  }

  /** The largest value of each feature. */
  record MaxOverTokens() implements Block {
    @Override
    public Node after(Node x, Place place) {
      return place.masked(x, new MaximumOverTokens());
    }

    @Override
    public boolean endsSequence() {
      return true;
    }
  }

  /** The first vector. */
  record FirstToken() implements Block {
    @Override
    public Node after(Node x, Place place) {
      return x.then(place.name(), new dev.dl.models.layer.FirstToken());
    }

    @Override
    public boolean endsSequence() {
      return true;
    }
  }

  /** What a recurrent layer came to: the last vector, of both directions where it has two. */
  record LastToken() implements Block {
    @Override
    public Node after(Node x, Place place) {
      return place.masked(x, new LastStep(isBidirectional(x)));
    }

    private static boolean isBidirectional(Node x) {
      Node node = x;
      while (node.layer() instanceof dev.dl.models.layer.Dropout) {
        node = node.inputs().get(0);
      }
      return node.layer() instanceof Recurrent recurrent && recurrent.bidirectional();
    }

    @Override
    public boolean endsSequence() {
      return true;
    }
  }
}
