package dev.dl.training.checkpoint;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dl.core.config.ConfigException;
import dev.dl.core.run.Best;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where a run stands, its tensors apart: together they are all that it takes to go on. Nothing
 * random is in it, since everything random is a function of the seed and the position.
 *
 * @param position in the run
 * @param best so far; null before the first evaluation
 * @param badEpochs evaluations since the best
 * @param plateaus met so far; left out of the file when there are none, as it was before it was
 *     known
 * @param metrics of the last evaluation; empty before the first
 * @param accumulators sums over the running epoch, by the names that the loop gives them
 * @param elapsedSeconds of training so far, over all of its parts
 * @param origin what the run must still have in common with its start
 * @param remedies what it does otherwise than its spec says; not written where that is nothing
 */
public record TrainingState(
    Position position,
    Best best,
    int badEpochs,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int plateaus,
    Map<String, Double> metrics,
    Map<String, Double> accumulators,
    double elapsedSeconds,
    Origin origin,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Remedies.Absent.class)
        Remedies remedies) {

  public TrainingState {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(origin, "origin");
    metrics.values().forEach(Objects::requireNonNull);
    accumulators.values().forEach(Objects::requireNonNull);
    remedies = remedies == null ? Remedies.NONE : remedies;
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    accumulators = Collections.unmodifiableMap(new TreeMap<>(accumulators));
  }

  /**
   * How far a run has come.
   *
   * @param step updates done
   * @param epoch that runs, counted from 1
   * @param stepInEpoch batches of that epoch that are done with, by an update or passed over
   */
  public record Position(long step, int epoch, int stepInEpoch) {

    public Position {
      if (step < 0 || epoch < 1 || stepInEpoch < 0) {
        throw new IllegalArgumentException(
            "step " + step + ", number " + stepInEpoch + " of epoch " + epoch);
      }
    }

    /** After the next batch, when it gives no update. */
    public Position afterNextBatch() {
      return new Position(step, epoch, stepInEpoch + 1);
    }
  }

  /**
   * What a run was started with; weights trained with anything else do not fit.
   *
   * @param specSha256 over the resolved spec
   * @param dataFingerprint of the dataset
   */
  public record Origin(String specSha256, String dataFingerprint) {

    public Origin {
      Objects.requireNonNull(specSha256, "specSha256");
      Objects.requireNonNull(dataFingerprint, "dataFingerprint");
    }

    /** The origin of a run with this resolved spec, in YAML. */
    public static Origin of(String spec, String dataFingerprint) {
      MessageDigest digest = Weights.newSha256();
      digest.update(spec.getBytes(StandardCharsets.UTF_8));
      return new Origin(Weights.hex(digest), dataFingerprint);
    }

    /**
     * Refuses to go on with anything else.
     *
     * @param now the origin that the run would have if it began now
     * @param spec file of the run's spec
     */
    public void requireSame(Origin now, Path spec) {
      if (!specSha256.equals(now.specSha256)) {
        throw new ConfigException(
            "--resume",
            "a configuration other than the run's",
            "the one in "
                + spec
                + ", but for training.maximumDuration, training.onNonFinite, report and backend",
            "leave the configuration out to go on as before, or train in a new run directory");
      }
      if (!dataFingerprint.equals(now.dataFingerprint)) {
        throw new ConfigException(
            "data",
            "files with fingerprint " + now.dataFingerprint,
            dataFingerprint + ", as when the run began",
            "put the data back, or train in a new run directory");
      }
    }
  }

  /** The same with other remedies. */
  public TrainingState with(Remedies others) {
    return new TrainingState(
        position, best, badEpochs, plateaus, metrics, accumulators, elapsedSeconds, origin, others);
  }

  /** Updates done. */
  @JsonIgnore
  public long step() {
    return position.step();
  }
}
