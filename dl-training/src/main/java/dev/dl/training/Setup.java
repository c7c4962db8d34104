package dev.dl.training;

import dev.dl.core.backend.Compute;
import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.core.kernel.ConvolutionRule;
import dev.dl.core.kernel.Loss;
import dev.dl.models.network.Network;
import dev.dl.training.loop.Learner;
import dev.dl.training.loop.Selection;
import dev.dl.training.optimizer.FineTuning;
import dev.dl.training.optimizer.Schedule;
import dev.dl.training.spec.PretrainedSpec;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a training is made of: its data and its network, in memory and without a trace on storage.
 *
 * @param teacher {@code null} for none
 * @param network the whole of it
 * @param pretrained what it begins with; {@code null} for fresh weights
 * @param training batches of the whole network
 * @param probe {@code null} where the whole network is trained
 * @param trained what is trained of the network
 */
record Setup(
    RunSpec spec,
    DataSplits data,
    Task task,
    Selection selection,
    Compute compute,
    Teacher teacher,
    Network network,
    PretrainedStart pretrained,
    Batches training,
    FineTuning tuning,
    Probe probe,
    Network trained) {
  private static final Logger LOG = LoggerFactory.getLogger(Setup.class);

  /**
   * Reads the data and makes the network.
   *
   * @param fresh whether this is the beginning, where pretrained weights are read
   */
  static Setup of(TrainingRun.Start start, ConvolutionRule convolutions, boolean fresh)
      throws IOException {
    RunSpec spec = start.spec();
    PretrainedSpec someones = fresh ? spec.model().pretrained() : null;
    // Looked for before the data is read, which may take long.
    Path weights =
        someones == null ? null : PretrainedStart.file(someones, start.workingDirectory());
    DataSplits data = DataSplits.open(spec.data(), start.workingDirectory());
    data.notices().forEach(LOG::warn);
    Task task = Task.of(data.preprocessing(), spec);
    Selection selection =
        SelectionChoice.of(
            spec.training().earlyStopping(),
            spec.schedule(),
            task,
            data.find(Split.VALIDATION).isPresent());
    Compute compute = Compute.forTraining(start.backend(), convolutions);
    Teacher teacher = teacher(start, compute, task, data);
    Loss hard = LossChoice.of(spec.training().loss(), task.head(), data.train());
    Loss loss = teacher == null ? hard : teacher.loss(hard);
    LOG.info("loss {}", loss);
    LossChoice.advice(
            spec.training().loss(), task.head(), data.preprocessing().classNames(), data.train())
        .ifPresent(LOG::warn);
    Network network = task.network(spec, start.models(), loss, compute.kernels());
    PretrainedStart pretrained =
        someones == null
            ? null
            : PretrainedStart.load(
                someones,
                weights,
                spec.model().architecture(start.models()),
                task.plainGraph(spec, start.models()),
                network,
                spec.model().title());
    Batches training = new Batches(data.train(), spec.training().batchSize());
    FineTuning tuning = FineTuning.of(spec.fineTuning(), network.graph(), training.count());
    Probe probe = spec.fineTuning().probe() ? Probe.of(network, tuning) : null;
    Network trained = probe == null ? network : probe.trained();
    return new Setup(
        spec,
        data,
        task,
        selection,
        compute,
        teacher,
        network,
        pretrained,
        training,
        tuning,
        probe,
        trained);
  }

  private static Teacher teacher(
      TrainingRun.Start start, Compute compute, Task task, DataSplits data) throws IOException {
    return start.spec().training().distillation() == null
        ? null
        : Teacher.open(
            start.spec().training().distillation(),
            start.workingDirectory(),
            start.models(),
            compute,
            task.head(),
            data.preprocessing());
  }

  /** What changes the network as the spec says. */
  Learner learner() {
    return learner(Schedule.of(spec, training.count()));
  }

  /** What changes the network as the spec says, but by another schedule. */
  Learner learner(Schedule schedule) {
    return Learner.of(
        trained,
        teacher == null ? Batch::targets : teacher::targets,
        tuning,
        spec,
        schedule,
        compute);
  }

  /** What the trained part of the network sees of each split. */
  Map<Split, Samples> seen() throws IOException {
    return probe == null ? data.samples() : probe.features(data, spec);
  }
}
