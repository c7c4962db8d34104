package dev.dl.models.graph;

import dev.dl.core.kernel.Loss;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.SquaredDistance;
import java.util.Locale;

/**
 * What a network is to tell.
 *
 * @param kind what an output stands for
 * @param outputs number of outputs of a sample, or of each token or pixel
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
    ROW,
    /** Logits of tags of which one applies, for each token. */
    TAGS,
    /** Logits of the token that follows, for each token. */
    NEXT
  }

  public Head {
    int least = kind == Kind.LABELS || kind == Kind.VALUES ? 1 : 2;
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

  /** One of several tags for each token. */
  public static Head tags(int tags) {
    return new Head(Kind.TAGS, tags);
  }

  /** The next token, for each token. */
  public static Head next(int vocabulary) {
    return new Head(Kind.NEXT, vocabulary);
  }

  /** Whether each token has outputs of its own, rather than the whole text. */
  public boolean ofTokens() {
    return kind == Kind.TAGS;
  }

  /**
   * The loss that such outputs are trained with: cross-entropy, of pixels with the Dice loss, the
   * square of the error, or the distance.
   *
   * @param labelSmoothing of classes; without effect on other outputs
   */
  public Loss loss(double labelSmoothing) {
    return switch (kind) {
      case CLASSES, TAGS, NEXT -> new Loss.SoftmaxCrossEntropy(labelSmoothing);
      case LABELS -> new Loss.BinaryCrossEntropy();
      case VALUES -> new Loss.SquaredError();
      case PIXELS -> new Loss.Dice(1);
      case ROW -> new Loss.Distance();
    };
  }

  /**
   * Refuses outputs of another shape than this for such input: a row for each pixel, for each
   * token, or one alone.
   */
  public void requireShape(Input input, Shape found) {
    Shape expected =
        switch (kind) {
          case PIXELS -> Shape.of(input.image().height() * input.image().width(), outputs);
          case TAGS, NEXT -> Shape.of(input.text().length(), outputs);
          case CLASSES, LABELS, VALUES -> Shape.of(outputs);
          case ROW -> Shape.of(1);
        };
    if (!found.equals(expected)) {
      throw new IllegalArgumentException("it gives %s, expected %s".formatted(found, expected));
    }
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
    boolean classes = kind == Kind.NEXT || kind == Kind.CLASSES;
    if (!classes || outputs != vocabulary) {
      throw new IllegalArgumentException(
          "got %d %s, expected one class for each of %d tokens"
              .formatted(outputs, kind.name().toLowerCase(Locale.ROOT), vocabulary));
    }
  }
}
