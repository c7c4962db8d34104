package dev.dl.models.graph;

import dev.dl.core.kernel.Loss;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.SquaredDistance;
import java.util.Locale;

/**
 * What a network is to tell.
 *
 * @param kind what an output stands for
 * @param outputs number of outputs of a sample, or of each token or pixel; where vectors of texts
 *     are compared, the one cosine of a pair, for how long vectors are is for the architecture to
 *     say
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
    NEXT,
    /** A vector for each text, which is closest to that of the text that it belongs with. */
    MATCH,
    /** A vector for each text; how alike two texts are is the cosine of theirs. */
    SIMILARITY
  }

  public Head {
    int least =
        switch (kind) {
          case LABELS, VALUES, MATCH, SIMILARITY -> 1;
          case CLASSES, PIXELS, ROW, TAGS, NEXT -> 2;
        };
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

  /** Vectors of texts, each closest to that of the text that it belongs with. */
  public static Head match() {
    return new Head(Kind.MATCH, 1);
  }

  /** Vectors of texts, whose cosines tell how alike they are. */
  public static Head similarity() {
    return new Head(Kind.SIMILARITY, 1);
  }

  /** Whether a text is to become a vector of length one. */
  public boolean ofVectors() {
    return kind == Kind.MATCH || kind == Kind.SIMILARITY;
  }

  /** Whether each token has outputs of its own, rather than the whole text. */
  public boolean ofTokens() {
    return kind == Kind.TAGS;
  }

  /**
   * The loss that such outputs are trained with: cross-entropy, of pixels with the Dice loss, the
   * square of the error, the distance, or of vectors that of their pairs.
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
      case MATCH -> new Loss.Contrastive(20);
      case SIMILARITY -> new Loss.CosineError();
    };
  }

  /**
   * Refuses outputs of another shape than this for such input: a row for each pixel, for each
   * token, or one alone; of vectors, one of any length above one.
   */
  public void requireShape(Input input, Shape found) {
    if (ofVectors()) {
      if (found.sizes().size() != 1 || found.size() == 1) {
        throw new IllegalArgumentException(
            "it gives %s, expected a vector of each text".formatted(found));
      }
      return;
    }
    Shape expected =
        switch (kind) {
          case PIXELS -> Shape.of(input.image().height() * input.image().width(), outputs);
          case TAGS, NEXT -> Shape.of(input.text().length(), outputs);
          case CLASSES, LABELS, VALUES, MATCH, SIMILARITY -> Shape.of(outputs);
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
