package dev.dl.training.checkpoint;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dl.core.run.Best;
import java.nio.charset.StandardCharsets;
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
 * @param metrics of the last evaluation; empty before the first
 * @param accumulators sums over the running epoch, by the names that the loop gives them
 * @param elapsedSeconds of training so far, over all of its parts
 * @param origin what the run must still have in common with its start
 */
public record TrainingState(
    Position position,
    Best best,
    int badEpochs,
    Map<String, Double> metrics,
    Map<String, Double> accumulators,
    double elapsedSeconds,
    Origin origin) {

  public TrainingState {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(origin, "origin");
    metrics.values().forEach(Objects::requireNonNull);
    accumulators.values().forEach(Objects::requireNonNull);
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    accumulators = Collections.unmodifiableMap(new TreeMap<>(accumulators));
  }

  /**
   * How far a run has come.
   *
   * @param step updates done
   * @param epoch that runs, counted from 1
   * @param stepInEpoch updates done in that epoch
   */
  public record Position(long step, int epoch, int stepInEpoch) {

    public Position {
      if (step < 0 || epoch < 1 || stepInEpoch < 0) {
        throw new IllegalArgumentException(
            "step " + step + ", number " + stepInEpoch + " of epoch " + epoch);
      }
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
  }

  /** Updates done. */
  @JsonIgnore
  public long step() {
    return position.step();
  }
}
