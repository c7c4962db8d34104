package dev.dl.training.reproduction;

import dev.dl.core.run.Provenance;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.training.checkpoint.Checkpoint;
import dev.dl.training.checkpoint.CheckpointReader;
import dev.dl.training.loop.Learner;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is not the same in a run and in a second one of the same spec.
 *
 * @param data what was trained with, and begun with
 * @param environment what it ran on
 * @param versions of dl and of the libraries
 * @param results what it came to: the summary, and the first epoch that has other metrics
 * @param weights how far the best weights are apart; {@code null} where they cannot be compared
 */
public record Reproduction(
    List<Difference> data,
    List<Difference> environment,
    List<Difference> versions,
    List<Difference> results,
    WeightDistance weights) {
  private static final List<String> TIMES = List.of("samplesPerSecond", "dataWaitShare", "seconds");

  /** Compares two runs that have ended. */
  public static Reproduction of(RunFiles recorded, RunFiles now) throws IOException {
    Provenance before = recorded.readProvenance();
    Provenance after = now.readProvenance();
    return new Reproduction(
        Difference.between(data(before), data(after)),
        environment(before, after),
        versions(before, after),
        Difference.between(results(recorded, now), results(now, recorded)),
        weights(recorded, now).orElse(null));
  }

  /** What a run runs on that is not as recorded. */
  public static List<Difference> environment(Provenance recorded, Provenance now) {
    return Difference.between(environment(recorded), environment(now));
  }

  /** Versions that are not as recorded. */
  public static List<Difference> versions(Provenance recorded, Provenance now) {
    return Difference.between(versions(recorded), versions(now));
  }

  /** Whether all results are the same, to the bit. */
  public boolean identical() {
    return results.isEmpty();
  }

  private static Map<String, Object> data(Provenance provenance) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("fingerprint", provenance.dataFingerprint());
    if (provenance.pretrained() != null) {
      facts.put("pretrained", provenance.pretrained().sha256());
    }
    return facts;
  }

  private static Map<String, Object> environment(Provenance provenance) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("processor", provenance.machine().processor());
    facts.put("cores", provenance.machine().cores());
    facts.put("threads", provenance.machine().threads());
    facts.put("java", provenance.software().java());
    facts.put("system", provenance.software().operatingSystem());
    facts.put("backend", provenance.backend().name());
    facts.put("workers", provenance.backend().workers());
    facts.put("kernels", provenance.backend().kernels());
    facts.put("convolutions", provenance.backend().convolutions());
    return facts;
  }

  private static Map<String, Object> versions(Provenance provenance) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("dl", provenance.software().version());
    facts.put("commit", provenance.software().commit());
    facts.putAll(provenance.software().libraries());
    if (provenance.plugin() != null) {
      facts.put(provenance.plugin().file(), provenance.plugin().sha256());
    }
    return facts;
  }

  private static Map<String, Object> results(RunFiles run, RunFiles other) throws IOException {
    Summary summary = run.readSummary();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("status", summary.status());
    facts.put("epochs", summary.epochs());
    facts.put("steps", summary.steps());
    facts.put("parameters", summary.parameters());
    facts.put("weightsSha256", summary.weightsSha256());
    summary.validation().forEach((name, value) -> facts.put("validation." + name, value));
    summary.test().forEach((name, value) -> facts.put("test." + name, value));
    firstOtherEpoch(epochs(run), epochs(other)).forEach(facts::put);
    return facts;
  }

  /** The metrics of the first epoch in which the other run has others. */
  private static Map<String, Object> firstOtherEpoch(
      List<Map<String, Object>> run, List<Map<String, Object>> other) {
    for (int i = 0; i < run.size(); i++) {
      if (i >= other.size() || !run.get(i).equals(other.get(i))) {
        Map<String, Object> facts = new LinkedHashMap<>();
        String epoch = "epoch " + run.get(i).get("epoch") + ": ";
        run.get(i).forEach((name, value) -> facts.put(epoch + name, value));
        return facts;
      }
    }
    return Map.of();
  }

  private static List<Map<String, Object>> epochs(RunFiles run) throws IOException {
    List<Map<String, Object>> epochs =
        run.readMetrics().stream().filter(line -> "epoch".equals(line.get("kind"))).toList();
    epochs.forEach(line -> TIMES.forEach(line::remove));
    return epochs;
  }

  private static Optional<WeightDistance> weights(RunFiles recorded, RunFiles now)
      throws IOException {
    Optional<Map<String, Tensor>> before = weights(recorded);
    Optional<Map<String, Tensor>> after = weights(now);
    return before.isPresent() && after.isPresent()
        ? WeightDistance.between(before.get(), after.get())
        : Optional.empty();
  }

  private static Optional<Map<String, Tensor>> weights(RunFiles run) throws IOException {
    CheckpointReader reader = new CheckpointReader(run);
    Optional<Checkpoint> best = reader.best().checkpoint();
    return (best.isPresent() ? best : reader.latest().checkpoint())
        .map(found -> Learner.inferenceWeights(found.weights(), found.optimizer()));
  }
}
