package dev.dl.training.checkpoint;

import dev.dl.core.run.Best;
import dev.dl.core.run.FileSystem;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.training.checkpoint.TrainingState.Origin;
import dev.dl.training.checkpoint.TrainingState.Position;
import dev.dl.training.spec.CheckpointSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Checkpoints whose whole content follows from their step. */
final class Samples {
  record Spec(String name) {}

  static final CheckpointSpec KEEP_TWO = new CheckpointSpec(1, null, 2);

  private Samples() {}

  static RunDirectory newRun(Path root) throws IOException {
    return newRun(root, FileSystem.local());
  }

  static RunDirectory newRun(Path root, FileSystem fileSystem) throws IOException {
    RunDirectory run = RunDirectory.create(root, fileSystem);
    try {
      run.writeSpec(new Spec("sample"));
      return run;
    } catch (IOException e) {
      run.close();
      throw e;
    }
  }

  static void save(CheckpointStore store, long step, boolean best) throws IOException {
    store.save(state(step), weights(step), optimizer(step), best);
  }

  static TrainingState state(long step) {
    return new TrainingState(
        new Position(step, 2, 3),
        new Best(1, 2, Map.of("validation.accuracy", 0.1 + step / 3.0)),
        1,
        0,
        Map.of("validation.accuracy", 1.0 / step),
        Map.of("train.loss", Math.PI * step, "samples", 128.0),
        12.5,
        new Origin("abc", "def"),
        Remedies.NONE);
  }

  static Map<String, Tensor> weights(long step) {
    return Map.of("layer.weight", tensor(3, 1000 + step), "layer.bias", tensor(1, step));
  }

  static Map<String, Tensor> optimizer(long step) {
    return Map.of("momentum", tensor(2, -step));
  }

  private static Tensor tensor(int rows, long start) {
    float[] values = new float[rows * 1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) start + i / 7f;
    }
    return new Tensor(List.of((long) rows, 1000L), values);
  }
}
