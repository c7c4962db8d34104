package dev.dl.training;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.FeatureSamples;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.models.adaptation.FrozenPart;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.network.Network;
import dev.dl.training.optimizer.FineTuning;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network cut in two: layers that are never trained run once over the data, as outside of
 * training, and the rest is trained on what they gave (linear probes: Alain and Bengio 2016,
 * https://arxiv.org/abs/1610.01644).
 *
 * @param whole whose weights the layers before the cut have
 * @param last of them
 */
record Probe(Network whole, Node last) {
  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

  /**
   * Finds where to cut.
   *
   * @throws ConfigException if nothing is frozen before all that is trained, or it gives vectors of
   *     tokens, as many as each batch happens to have
   */
  static Probe of(Network whole, FineTuning tuning) {
    Graph graph = whole.graph();
    Node last =
        FrozenPart.last(graph, tuning::frozen)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "fineTuning.probe",
                        "no frozen layers that all trained ones come after",
                        "some, whose features are computed once",
                        "leave fineTuning.freeze out to train the last layer alone"));
    if (graph.readsTexts() && last.shape().isSequence()) {
      throw new ConfigException(
          "fineTuning.probe",
          last.name() + " as the last frozen layer, which gives a vector for each token",
          "one that gives a vector for each text",
          "freeze more of the model, or leave fineTuning.probe out");
    }
    return new Probe(whole, last);
  }

  /** What is trained, with the weights that the whole network has now. */
  Network trained() {
    return whole.after(last);
  }

  /** What the frozen layers make of the training and the validation split. */
  Map<Split, Samples> features(DataSplits data, RunSpec spec) throws IOException {
    long start = System.nanoTime();
    Network frozen = whole.upTo(last);
    Map<Split, Samples> features = new EnumMap<>(Split.class);
    int samples = 0;
    for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
      if (data.find(split).isPresent()) {
        Samples ofSplit = data.find(split).get();
        samples += ofSplit.size();
        features.put(
            split,
            FeatureSamples.of(
                ofSplit,
                spec.evaluation().batchSize(),
                spec.data().cache(),
                batch -> frozen.logits(batch.inputs(), batch.size())));
      }
    }
    LOG.warn(
        String.format(
            Locale.ROOT,
            "computed the features of %,d samples, %s each by layers up to %s, in %.1f s",
            samples,
            last.shape(),
            last.name(),
            (System.nanoTime() - start) / 1e9));
    return features;
  }
}
