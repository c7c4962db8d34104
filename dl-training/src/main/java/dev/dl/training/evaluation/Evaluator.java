package dev.dl.training.evaluation;

import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.Prefetcher;
import dev.dl.core.metric.Evaluation;
import dev.dl.core.metric.Metrics;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a network over a split and measures what comes out, holding one batch of logits at a time.
 */
public final class Evaluator {
  private Evaluator() {}

  /**
   * Measures a network on every batch.
   *
   * @param metrics with nothing gathered yet
   * @param before each batch; whatever it throws ends the evaluation
   */
  public static Evaluation evaluate(
      Inference inference, Batches batches, Metrics metrics, Runnable before) {
    try (Prefetcher loading = batches.inOrder()) {
      while (loading.hasNext()) {
        before.run();
        Batch batch = loading.next();
        metrics.add(
            inference.outputs(batch.inputs(), batch.inputCount()),
            batch.targets(),
            batch.samples());
      }
    }
    return metrics.result();
  }

  /** The single numbers with the name of their split: {@code test.accuracy}. */
  public static Map<String, Double> named(String split, Evaluation evaluation) {
    Map<String, Double> named = new LinkedHashMap<>();
    evaluation.metrics().forEach((name, value) -> named.put(split + "." + name, value));
    return named;
  }
}
