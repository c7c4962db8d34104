package dev.dl.training;

import dev.dl.core.backend.Compute;
import dev.dl.core.config.ConfigException;
import dev.dl.core.data.Batch;
import dev.dl.core.data.Preprocessing;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.kernel.Loss;
import dev.dl.core.run.Provenance;
import dev.dl.core.run.RunFiles;
import dev.dl.models.KnownModels;
import dev.dl.models.graph.Head;
import dev.dl.models.network.Network;
import dev.dl.training.checkpoint.Weights;
import dev.dl.training.loop.StopReason;
import dev.dl.training.spec.DistillationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network of a finished run, of which another learns what it says of each batch.
 *
 * @param source to be recorded
 */
record Teacher(DistillationSpec spec, Network network, Provenance.Teacher source) {
  private static final Logger LOG = LoggerFactory.getLogger(Teacher.class);
  private static final String KEY = "training.distillation";

  /**
   * Opens the run that a spec names.
   *
   * @param workingDirectory where a relative path starts
   * @param head of the network that is to learn
   * @param preprocessing of its data
   * @throws ConfigException if that network tells no classes
   * @throws NoSuchFileException if there is no such run
   * @throws DataException if the run is not finished, or its inputs or outputs mean something else
   */
  static Teacher open(
      DistillationSpec spec,
      Path workingDirectory,
      KnownModels models,
      Compute compute,
      Head head,
      Preprocessing preprocessing)
      throws IOException {
    if (head.kind() != Head.Kind.CLASSES) {
      throw new ConfigException(
          KEY,
          "a network that tells " + head.kind().name().toLowerCase(Locale.ROOT),
          "one that tells one of several classes of each sample",
          "leave it out");
    }
    Path run = workingDirectory.resolve(spec.teacher());
    requireFinished(run);
    TrainedRun trained = TrainedRun.open(run, models, compute);
    PreprocessingDifference.first(trained.preprocessing(), preprocessing)
        .ifPresent(
            difference -> {
              throw new DataException(
                  KEY + ".teacher " + run,
                  difference.where() + " " + difference.first(),
                  difference.second() + " as in this run's data");
            });
    String sha256 = Weights.sha256(trained.network().weights());
    LOG.info("teacher {} with the weights {}", run, sha256);
    return new Teacher(spec, trained.network(), new Provenance.Teacher(run.toString(), sha256));
  }

  private static void requireFinished(Path run) throws IOException {
    RunFiles files = RunFiles.of(run);
    String status = Files.exists(files.summary()) ? files.readSummary().status() : "not finished";
    if (!List.of(StopReason.COMPLETED.label(), StopReason.EARLY_STOPPED.label()).contains(status)) {
      throw new DataException(KEY + ".teacher " + run, "a run that is " + status, "a finished one");
    }
  }

  /**
   * Refuses to go on with other weights than the run began with.
   *
   * @param recorded null if it had no teacher, which is another configuration
   */
  void requireSame(Provenance.Teacher recorded) {
    if (recorded != null && !source.weightsSha256().equals(recorded.weightsSha256())) {
      throw new DataException(
          KEY + ".teacher " + source.run(),
          "weights with the SHA-256 " + source.weightsSha256(),
          recorded.weightsSha256() + ", as when the run began; put that teacher back");
    }
  }

  /**
   * The loss with a share of the teacher.
   *
   * @param hard that of the classes
   */
  Loss loss(Loss hard) {
    return new Loss.Distillation(hard, spec.temperature(), spec.mix());
  }

  /** What each row is to answer, and what the teacher says of it outside of training. */
  float[] targets(Batch batch) {
    float[] logits = network.logits(batch.inputs(), batch.size());
    int classes = logits.length / batch.size();
    int hard = batch.targets().length / batch.size();
    int width = hard + classes;
    float[] targets = new float[batch.size() * width];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(batch.targets(), i * hard, targets, i * width, hard);
      System.arraycopy(logits, i * classes, targets, i * width + hard, classes);
    }
    return targets;
  }
}
