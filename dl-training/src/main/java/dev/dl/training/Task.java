package dev.dl.training;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.ImagePreprocessing;
import dev.dl.core.data.MaskPreprocessing;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.RowPreprocessing;
import dev.dl.core.data.TableSpec;
import dev.dl.core.data.TagPreprocessing;
import dev.dl.core.data.TextPreprocessing;
import dev.dl.core.data.cell.Standardization;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.table.TablePreprocessing;
import dev.dl.core.data.target.AnomalyEncoding;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.MatchEncoding;
import dev.dl.core.data.target.QuantityEncoding;
import dev.dl.core.data.target.TargetEncoding;
import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Loss;
import dev.dl.core.metric.AnomalyMetrics;
import dev.dl.core.metric.ClassificationMetrics;
import dev.dl.core.metric.LabelMetrics;
import dev.dl.core.metric.MatchMetrics;
import dev.dl.core.metric.Metrics;
import dev.dl.core.metric.PixelMetrics;
import dev.dl.core.metric.SimilarityMetrics;
import dev.dl.core.metric.TagMetrics;
import dev.dl.core.metric.TokenMetrics;
import dev.dl.core.metric.ValueMetrics;
import dev.dl.models.KnownModels;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.TableInput;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.Network;
import dev.dl.training.spec.LoraSpec;
import dev.dl.training.spec.RunSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a network is given and what it is to tell, as follows from the data.
 *
 * @param metrics starts to measure
 * @param names of the metrics, the one that a run is judged by first
 * @param betterIfLess whether less of that one is better
 * @param unit that numbers are told in
 */
record Task(
    Input input,
    Head head,
    Supplier<Metrics> metrics,
    List<String> names,
    boolean betterIfLess,
    Standardization unit) {
  private static final Standardization NO_UNIT = new Standardization(0, 1);

  /**
   * The task of such data.
   *
   * @param spec whose data and evaluation are asked
   * @throws ConfigException if the spec names what the data does not have
   * @throws DataException if there are too few classes to tell apart
   */
  static Task of(Preprocessing preprocessing, RunSpec spec) {
    if (preprocessing instanceof ImagePreprocessing images) {
      return of(new ImageInput(images.shape()), images.target(), spec);
    }
    if (preprocessing instanceof MaskPreprocessing masks) {
      requireAtLeast(2, "classes", masks.classNames());
      return pixels(new ImageInput(masks.pictures().shape()), masks.classNames().size());
    }
    if (preprocessing instanceof RowPreprocessing rows) {
      return of(table(rows.features(), spec.data().table()), rows.target(), spec);
    }
    if (preprocessing instanceof TagPreprocessing tagged) {
      requireAtLeast(2, "tags", tagged.tags());
      return tags(new TextInput(tagged.length(), tagged.tokenizer().size()), tagged.tags());
    }
    TextPreprocessing texts = (TextPreprocessing) preprocessing;
    TextInput input = new TextInput(texts.length(), texts.tokenizer().size(), texts.tokenTypes());
    return texts.target() == null ? tokens(input) : of(input, texts.target(), spec);
  }

  private static void requireAtLeast(int least, String what, List<String> names) {
    if (names.size() < least) {
      throw new DataException("data.target", what + " " + names, "at least " + least + " of them");
    }
  }

  private static TableInput table(TablePreprocessing features, TableSpec spec) {
    return new TableInput(
        features.numericFeatures(),
        features.cardinalities(),
        features.positions(spec.item(), "data.table.item"));
  }

  private static Task of(Input input, TargetEncoding target, RunSpec spec) {
    if (target instanceof ClassEncoding) {
      requireAtLeast(2, "classes", target.outputs());
      return classes(input, target.outputs().size(), spec.evaluation().topK());
    }
    if (target.comparesTexts()) {
      return vectors(input, target, spec.training().loss().scale());
    }
    if (target instanceof AnomalyEncoding) {
      return anomalies(input);
    }
    if (target instanceof QuantityEncoding quantity) {
      return new Task(
          input,
          Head.values(1),
          () -> new ValueMetrics(quantity.standardization().deviation()),
          List.of("rmse", "loss", "mae", "r2"),
          true,
          quantity.standardization());
    }
    requireAtLeast(1, "labels", target.outputs());
    int labels = target.outputs().size();
    return new Task(
        input,
        Head.labels(labels),
        () -> new LabelMetrics(labels),
        List.of("microF1", "accuracy", "loss", "macroF1"),
        false,
        NO_UNIT);
  }

  private static Task classes(Input input, int classes, int topK) {
    return new Task(
        input,
        Head.classes(classes),
        () -> new ClassificationMetrics(classes, topK),
        List.of("accuracy", "loss", "topKAccuracy", "macroF1"),
        false,
        NO_UNIT);
  }

  private static Task anomalies(Input input) {
    if (!(input instanceof TableInput table) || table.numericFeatures() == 0) {
      throw new ConfigException(
          "data.target.kind", "anomaly of " + input, "rows of a table with numbers", "");
    }
    return new Task(
        input,
        Head.row(table.numericFeatures()),
        AnomalyMetrics::new,
        List.of("loss", "auc"),
        true,
        NO_UNIT);
  }

  private static Task vectors(Input input, TargetEncoding target, double scale) {
    if (!(input instanceof TextInput)) {
      throw new ConfigException("data.target.kind", "one of " + input, "pairs of texts", "");
    }
    return target instanceof MatchEncoding
        ? new Task(
            input,
            Head.match(),
            () -> new MatchMetrics(scale),
            List.of("mrr", "recallAt1", "loss"),
            false,
            NO_UNIT)
        : new Task(
            input,
            Head.similarity(),
            SimilarityMetrics::new,
            List.of("spearman", "loss", "pearson"),
            false,
            NO_UNIT);
  }

  private static Task pixels(Input input, int classes) {
    return new Task(
        input,
        Head.pixels(classes),
        () -> new PixelMetrics(classes),
        List.of("meanIoU", "loss", "accuracy", "dice"),
        false,
        NO_UNIT);
  }

  /** Of tags that mark entities, those count rather than tokens. */
  private static Task tags(TextInput input, List<String> tags) {
    boolean ofEntities = TagMetrics.markEntities(tags);
    return new Task(
        input,
        Head.tags(tags.size()),
        () -> new TagMetrics(tags),
        ofEntities
            ? List.of("f1", "accuracy", "loss", "precision", "recall")
            : List.of("accuracy", "loss"),
        false,
        NO_UNIT);
  }

  private static Task tokens(TextInput input) {
    return new Task(
        input,
        Head.next(input.vocabulary()),
        () -> new TokenMetrics(input.vocabulary()),
        List.of("loss", "accuracy", "perplexity"),
        true,
        NO_UNIT);
  }

  /**
   * The network that a spec asks for, fitted to the task.
   *
   * @param loss that training makes small
   * @throws ConfigException if there is no such model, or it cannot take the data
   */
  Network network(RunSpec spec, KnownModels models, Loss loss, Kernels kernels) {
    if (spec.evaluation().horizontalFlip() && head.kind() == Head.Kind.PIXELS) {
      throw new ConfigException(
          "evaluation.horizontalFlip", "true", "false where pixels are told", "");
    }
    return Network.create(graph(spec, models), loss, kernels, spec.seed());
  }

  /** The same as plain data: the graph that a run trains, with adapters where it has some. */
  Graph graph(RunSpec spec, KnownModels models) {
    Graph plain = plainGraph(spec, models);
    LoraSpec lora = spec.fineTuning().lora();
    return lora == null ? plain : lora.adaptation().adapt(plain, "fineTuning.lora.targets");
  }

  /** The graph that a run leaves, with the adapters merged into its weights. */
  Graph plainGraph(RunSpec spec, KnownModels models) {
    Architecture architecture = spec.model().architecture(models);
    try {
      Graph graph = head.completed(architecture.define(input, head));
      head.requireShape(input, graph.output().shape());
      return graph;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          spec.model().key(),
          "%s for %s with %d outputs (%s)"
              .formatted(spec.model().title(), input, head.outputs(), e.getMessage()),
          "a model that takes them",
          "choose another model, or another size of the data");
    }
  }

  /** What the outputs for one sample say. */
  Answer answer(String where, float[] outputs, List<String> outputNames) {
    return switch (head.kind()) {
      case CLASSES -> likeliest(where, outputs, outputNames);
      case LABELS -> labels(where, outputs, outputNames);
      case VALUES, ROW -> new Answer(where, String.valueOf((float) unit.restore(outputs[0])), null);
      case PIXELS -> pixels(where, outputs, outputNames);
      case MATCH, SIMILARITY -> new Answer(where, String.valueOf(cosine(outputs)), null);
      case NEXT ->
          throw new ConfigException(
              "FILE", where, "--prompt TEXT, for the run of a language model", "");
      case TAGS ->
          new Answer(
              where,
              IntStream.of(likeliest(outputs, outputNames.size()))
                  .mapToObj(outputNames::get)
                  .collect(Collectors.joining(" ")),
              null);
    };
  }

  /** Of two vectors of length one, one after the other. */
  private static float cosine(float... vectors) {
    int features = vectors.length / 2;
    double sum = 0;
    for (int i = 0; i < features; i++) {
      sum += (double) vectors[i] * vectors[features + i];
    }
    return (float) sum;
  }

  private static Answer likeliest(String where, float[] logits, List<String> classNames) {
    int best = largest(logits, 0, logits.length);
    double total = 0;
    for (float logit : logits) {
      total += Math.exp((double) logit - logits[best]);
    }
    return new Answer(where, classNames.get(best), 1 / total);
  }

  /** The likeliest class of each row of logits. */
  static int[] likeliest(float[] logits, int classes) {
    int[] likeliest = new int[logits.length / classes];
    for (int row = 0; row < likeliest.length; row++) {
      likeliest[row] = largest(logits, row * classes, classes);
    }
    return likeliest;
  }

  /** The classes that pixels have, with the share of each, the largest first. */
  private static Answer pixels(String where, float[] logits, List<String> classNames) {
    int classes = classNames.size();
    int[] counts = new int[classes];
    for (int index : likeliest(logits, classes)) {
      counts[index]++;
    }
    double pixels = (double) logits.length / classes;
    String text =
        IntStream.range(0, classes)
            .filter(c -> counts[c] > 0)
            .boxed()
            .sorted(Comparator.comparing(c -> -counts[c]))
            .map(
                c ->
                    String.format(
                        Locale.ROOT, "%s %.1f %%", classNames.get(c), 100 * counts[c] / pixels))
            .collect(Collectors.joining(", "));
    return new Answer(where, text, null);
  }

  private static int largest(float[] logits, int start, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      best = logits[start + c] > logits[start + best] ? c : best;
    }
    return best;
  }

  private static Answer labels(String where, float[] logits, List<String> labelNames) {
    List<String> given = new ArrayList<>();
    double least = 1;
    for (int label = 0; label < logits.length; label++) {
      if (logits[label] > 0) {
        given.add(labelNames.get(label));
        least = Math.min(least, 1 / (1 + Math.exp(-logits[label])));
      }
    }
    return new Answer(where, String.join(", ", given), least);
  }
}
