package dev.dl.cli.process;

import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import dev.dl.training.checkpoint.Checkpoint;
import dev.dl.training.checkpoint.CheckpointReader;
import dev.dl.training.checkpoint.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All of a run that does not depend on how fast it went or how often it was interrupted.
 *
 * @param status how it ended
 * @param steps done
 * @param weightsSha256 of the weights it came to, the best
 * @param lastWeights SHA-256 of those of the last checkpoint
 * @param lastOptimizer SHA-256 of the optimizer's state there
 * @param metrics of each epoch
 */
record RunResult(
    String status,
    long steps,
    String weightsSha256,
    String lastWeights,
    String lastOptimizer,
    List<Map<String, Object>> metrics) {

  static RunResult of(Path run) throws IOException {
    RunFiles files = RunFiles.of(run);
    Summary summary = files.readSummary();
    Checkpoint last = new CheckpointReader(files).latest().checkpoint().orElseThrow();
    List<Map<String, Object>> epochs =
        files.readMetrics().stream().filter(line -> "epoch".equals(line.get("kind"))).toList();
    epochs.forEach(
        line -> Stream.of("samplesPerSecond", "dataWaitShare", "seconds").forEach(line::remove));
    return new RunResult(
        summary.status(),
        summary.steps(),
        summary.weightsSha256(),
        Weights.sha256(last.weights()),
        Weights.sha256(last.optimizer()),
        epochs);
  }

  /** Of the newest checkpoint, 0 if there is none yet. */
  static long newestStep(Path run) {
    try {
      return new CheckpointReader(new RunFiles(run))
          .latest()
          .checkpoint()
          .map(checkpoint -> checkpoint.state().step())
          .orElse(0L);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
