package dev.dl.models.graph;

import dev.dl.core.kernel.Loss;
import dev.dl.models.layer.SquaredDistance;
import java.util.Locale;

/**
 * What a network is to tell.
 *
 * @param kind what an output stands for
 * @param outputs number of outputs of a sample, or of each position of a language model, or pixel
 */
public record Head(Kind kind, int outputs) {

  /** What the outputs of a network stand for. */
  public enum Kind {
    /** Logits of classes of which one applies. */
    CLASSES,
    /** Logits of labels of which any number applies. */
    LABELS,
    /** Numbers. */
    VALUES,
    /** Logits of classes of which one applies, for each pixel. */
    PIXELS,
    /** The numbers of the row itself; their distance to those that it has is what is told. */
    ROW
  }

  public Head {
    int least = kind == Kind.CLASSES || kind == Kind.PIXELS ? 2 : 1;
    if (outputs < least) {
      throw new IllegalArgumentException(
          "outputs: got %d, expected at least %d".formatted(outputs, least));
    }
  }

  /** One of several classes. */
  public static Head classes(int classes) {
    return new Head(Kind.CLASSES, classes);
  }

  /** Any of several labels. */
  public static Head labels(int labels) {
    return new Head(Kind.LABELS, labels);
  }

  /** One or more numbers. */
  public static Head values(int values) {
    return new Head(Kind.VALUES, values);
  }

  /** The numbers of a row of a table, rebuilt. */
  public static Head row(int numbers) {
    return new Head(Kind.ROW, numbers);
  }

  /** The graph of such a network, with what is told as its output. */
  public Graph completed(Graph graph) {
    return kind == Kind.ROW
        ? Graph.of(Node.join("distance", new SquaredDistance(), graph.input(), graph.output()))
        : graph;
  }

  /** One of several classes for each pixel. */
  public static Head pixels(int classes) {
    return new Head(Kind.PIXELS, classes);
  }

  /**
   * The loss that such outputs are trained with: cross-entropy, of pixels with the Dice loss, the
   * square of the error, or the distance.
   *
   * @param labelSmoothing of classes; without effect on other outputs
   */
  public Loss loss(double labelSmoothing) {
    return switch (kind) {
      case CLASSES -> new Loss.SoftmaxCrossEntropy(labelSmoothing);
      case LABELS -> new Loss.BinaryCrossEntropy();
      case VALUES -> new Loss.SquaredError();
      case PIXELS -> new Loss.Dice(1);
      case ROW -> new Loss.Distance();
    };
  }

  /** Refuses anything but classes of pixels. */
  public void requirePixels() {
    if (kind != Kind.PIXELS) {
      throw new IllegalArgumentException(
          "got %d %s, expected a class for each pixel"
              .formatted(outputs, kind.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Refuses anything but the next token, one class for each of {@code vocabulary}. */
  public void requireTokens(int vocabulary) {
    if (kind != Kind.CLASSES || outputs != vocabulary) {
      throw new IllegalArgumentException(
          "got %d %s, expected one class for each of %d tokens"
              .formatted(outputs, kind.name().toLowerCase(Locale.ROOT), vocabulary));
    }
  }
}
