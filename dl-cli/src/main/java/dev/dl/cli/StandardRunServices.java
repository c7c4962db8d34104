package dev.dl.cli;

import dev.dl.cli.command.RunServices;
import dev.dl.cli.command.Training;
import dev.dl.core.data.Split;
import dev.dl.training.loop.Callback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Training, evaluation and prediction of the other modules. */
final class StandardRunServices implements RunServices {

  @Override
  public Training.Outcome train(Training training, List<Callback> callbacks) throws IOException {
    throw new UnsupportedOperationException("training");
  }

  @Override
  public Map<String, Object> evaluate(Path run, Split split) throws IOException {
    throw new UnsupportedOperationException("evaluation");
  }

  @Override
  public List<Prediction> predict(Path run, List<Path> files) throws IOException {
    throw new UnsupportedOperationException("prediction");
  }
}
