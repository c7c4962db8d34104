package dev.dl.training;

import dev.dl.core.data.Batch;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.core.metric.Metrics;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.StorageException;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.graph.Head;
import dev.dl.training.checkpoint.Checkpoint;
import dev.dl.training.checkpoint.CheckpointStore;
import dev.dl.training.checkpoint.TrainingState;
import dev.dl.training.evaluation.Inference;
import dev.dl.training.loop.Learner;
import dev.dl.training.spec.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run does in hours, tried with a few samples before it begins: training, evaluation, a
 * checkpoint, its restoring, a prediction. It leaves no trace, since the learner is brought back to
 * where it was, and nothing else has a state.
 *
 * @param batch that training begins with
 */
record Preflight(
    Learner learner,
    Inference inference,
    Task task,
    DataSplits data,
    Batch batch,
    TrainingSpec spec) {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
  private static final String FOLDER = ".preflight";

  /**
   * Tries everything.
   *
   * @param run in which a folder of its own holds the checkpoint for a moment
   * @param state of a run that has not begun
   */
  void run(RunDirectory run, TrainingState state) throws IOException {
    long start = System.nanoTime();
    Map<String, Tensor> weights = learner.weights();
    Map<String, Tensor> optimizer = learner.optimizerState();
    try {
      learner.step(batch.part(0, Math.min(batch.size(), spec.samplesAtOnce())), 0);
      learner.withInferenceWeights(this::evaluate);
      restoreSaved(run, state);
      predict();
    } finally {
      learner.restore(weights, optimizer, 0);
    }
    LOG.info(
        "preflight: trained, evaluated, saved, restored and predicted in {} ms",
        (System.nanoTime() - start) / 1_000_000);
  }

  /** The first samples that a run is measured on, as many as are trained at once. */
  private Batch measured() {
    Samples samples =
        data.find(Split.VALIDATION).or(() -> data.find(Split.TEST)).orElse(data.train());
    int count = Math.min(samples.size(), spec.samplesAtOnce());
    return samples.batch(IntStream.range(0, count).toArray());
  }

  private Object evaluate() {
    Batch measured = measured();
    Metrics metrics = task.metrics().get();
    metrics.add(
        inference.outputs(measured.inputs(), measured.inputCount()),
        measured.targets(),
        measured.samples());
    return metrics.result();
  }

  private void restoreSaved(RunDirectory run, TrainingState state) throws IOException {
    Path folder = run.files().root().resolve(FOLDER);
    if (Files.exists(folder)) { // left by a kill
      run.fileSystem().deleteTree(folder);
    }
    run.fileSystem().createDirectory(folder); // not its parent, should that have vanished
    try (RunDirectory trial = RunDirectory.create(folder, run.fileSystem())) {
      trial.discard();
      CheckpointStore store = CheckpointStore.open(trial, spec.checkpoint());
      store.save(state, learner.weights(), learner.optimizerState(), true);
      Checkpoint saved =
          store
              .best()
              .checkpoint()
              .orElseThrow(
                  () ->
                      new StorageException(
                          folder, new IOException("a checkpoint that cannot be read back")));
      learner.restore(saved.weights(), saved.optimizer(), 1);
    }
  }

  private void predict() {
    Batch measured = measured();
    float[] outputs =
        inference.outputs(
            Arrays.copyOf(measured.inputs(), measured.inputs().length / measured.size()),
            measured.inputsOfSample());
    if (task.head().kind() != Head.Kind.NEXT) {
      task.answer("", outputs, data.classNames());
    }
  }
}
