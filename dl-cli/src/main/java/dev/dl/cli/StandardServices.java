package dev.dl.cli;

import dev.dl.cli.command.Services;
import dev.dl.cli.command.Training;
import dev.dl.core.data.Split;
import dev.dl.training.loop.Callback;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The services of the other modules, one line each. */
final class StandardServices implements Services {

  @Override
  public List<Model> models() {
    return List.of();
  }

  @Override
  public RunSpec readSpec(Path config, List<String> overrides) throws IOException {
    throw new UnsupportedOperationException("reading a spec");
  }

  @Override
  public String yaml(RunSpec spec) {
    throw new UnsupportedOperationException("writing a spec");
  }

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

  @Override
  public List<DatasetEntry> datasets() {
    return List.of();
  }

  @Override
  public Path fetch(String dataset) throws IOException {
    throw new UnsupportedOperationException("fetching data");
  }

  @Override
  public List<String> checkData(RunSpec spec) throws IOException {
    throw new UnsupportedOperationException("checking data");
  }
}
