package dev.dl.training;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.Samples;
import dev.dl.core.data.audit.ClassBalance;
import dev.dl.core.kernel.Loss;
import dev.dl.models.graph.Head;
import dev.dl.training.spec.ClassWeights;
import dev.dl.training.spec.LossKind;
import dev.dl.training.spec.LossSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The loss that a network is trained with: what the spec asks for, if it fits the task. */
final class LossChoice {
  private LossChoice() {}

  /** The usual one first. */
  private static List<LossKind> fitting(Head head) {
    return switch (head.kind()) {
      case CLASSES, TAGS, NEXT -> List.of(LossKind.CROSS_ENTROPY, LossKind.FOCAL);
      case LABELS -> List.of(LossKind.BINARY_CROSS_ENTROPY);
      case VALUES -> List.of(LossKind.MSE, LossKind.MAE, LossKind.HUBER);
      case ROW -> List.of(LossKind.DISTANCE);
      case PIXELS -> List.of(LossKind.DICE, LossKind.CROSS_ENTROPY, LossKind.FOCAL);
      case MATCH -> List.of(LossKind.CONTRASTIVE);
      case SIMILARITY -> List.of(LossKind.COSINE);
    };
  }

  /**
   * The loss for a head.
   *
   * @param training split, of which balanced weights are a function
   * @throws ConfigException if the spec asks for what does not fit
   */
  static Loss of(LossSpec spec, Head head, Samples training) {
    LossKind kind = kind(spec, head);
    requireEffect(
        spec.labelSmoothing() > 0, "labelSmoothing", kind, List.of(LossKind.CROSS_ENTROPY));
    requireEffect(
        spec.classWeights() != null,
        "classWeights",
        kind,
        List.of(LossKind.CROSS_ENTROPY, LossKind.FOCAL));
    return switch (kind) {
      case CROSS_ENTROPY ->
          new Loss.SoftmaxCrossEntropy(
              spec.labelSmoothing(), weights(spec.classWeights(), head.outputs(), training));
      case FOCAL ->
          new Loss.Focal(spec.gamma(), weights(spec.classWeights(), head.outputs(), training));
      case BINARY_CROSS_ENTROPY -> new Loss.BinaryCrossEntropy();
      case MSE -> new Loss.SquaredError();
      case MAE -> new Loss.AbsoluteError();
      case DISTANCE -> new Loss.Distance();
      case HUBER -> new Loss.Huber(spec.threshold());
      case DICE -> new Loss.Dice(spec.crossEntropy());
      case CONTRASTIVE -> new Loss.Contrastive(spec.scale());
      case COSINE -> new Loss.CosineError();
    };
  }

  private static LossKind kind(LossSpec spec, Head head) {
    List<LossKind> fitting = fitting(head);
    if (spec.name() != null && !fitting.contains(spec.name())) {
      throw new ConfigException(
          "training.loss.name",
          name(spec.name())
              + " for a network that tells "
              + head.kind().name().toLowerCase(Locale.ROOT),
          "one of " + names(fitting),
          "leave it out for " + name(fitting.get(0)));
    }
    return spec.name() == null ? fitting.get(0) : spec.name();
  }

  private static void requireEffect(boolean set, String key, LossKind kind, List<LossKind> takers) {
    if (set && !takers.contains(kind)) {
      throw new ConfigException(
          "training.loss." + key,
          "a value for " + name(kind),
          "none, as only " + names(takers) + " can take it",
          "leave it out, or choose another training.loss.name");
    }
  }

  private static List<Double> weights(ClassWeights asked, int classes, Samples training) {
    if (asked == null) {
      return List.of();
    }
    List<Double> weights =
        asked instanceof ClassWeights.Given given
            ? given.weights()
            : balanced(counts(training, classes));
    if (weights.size() != classes) {
      throw new ConfigException(
          "training.loss.classWeights",
          weights.size() + " weights",
          classes + ", one for each class in their order",
          "");
    }
    return weights;
  }

  /**
   * Weights by which all classes that occur count the same together, and whose mean over the
   * samples is one. A class without samples has the weight one.
   */
  static List<Double> balanced(long[] counts) {
    double total = (double) Arrays.stream(counts).sum();
    long occurring = Arrays.stream(counts).filter(count -> count > 0).count();
    List<Double> weights = new ArrayList<>();
    for (long count : counts) {
      weights.add(count == 0 ? 1 : total / (occurring * count));
    }
    return weights;
  }

  /**
   * What to tell who trains on classes of very different sizes without weights for them.
   *
   * @param names of the classes
   */
  static Optional<String> advice(LossSpec spec, Head head, List<String> names, Samples training) {
    if (head.kind() != Head.Kind.CLASSES || spec.classWeights() != null) {
      return Optional.empty();
    }
    long[] counts = counts(training, head.outputs());
    List<Integer> seen =
        IntStream.range(0, counts.length).filter(label -> counts[label] > 0).boxed().toList();
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    Comparator<Integer> bySize = Comparator.comparing(label -> counts[label]);
    int most = Collections.max(seen, bySize);
    int fewest = Collections.min(seen, bySize);
    if (counts[most] < ClassBalance.IMBALANCE * counts[fewest]) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d training samples of class %s, and %d of class %s;"
                + " training.loss.classWeights=balanced lets all classes count alike",
            counts[most],
            names.get(most),
            counts[fewest],
            names.get(fewest)));
  }

  /** How often each class is the target: of a sample, a token or a pixel. */
  private static long[] counts(Samples samples, int classes) {
    long[] counts = new long[classes];
    for (int sample = 0; sample < samples.size(); sample++) {
      for (float label : samples.target(sample)) {
        if (label >= 0) {
          counts[(int) label]++;
        }
      }
    }
    return counts;
  }

  private static String names(List<LossKind> kinds) {
    return kinds.stream().map(LossChoice::name).collect(Collectors.joining(", "));
  }

  private static String name(LossKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
