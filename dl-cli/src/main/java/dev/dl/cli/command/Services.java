package dev.dl.cli.command;

import dev.dl.core.data.Split;
import dev.dl.training.loop.Callback;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the verbs ask of the rest of the program. */
public interface Services {

  /** The models of the catalogue, in the order of the list. */
  List<Model> models();

  /**
   * Reads and checks a spec, without touching data.
   *
   * @throws dev.dl.core.config.ConfigException with every problem found
   */
  RunSpec readSpec(Path config, List<String> overrides) throws IOException;

  /** The spec as YAML, every default filled in. */
  String yaml(RunSpec spec);

  /** Trains, or continues, a run. The backend was decided before. */
  Training.Outcome train(Training training, List<Callback> callbacks) throws IOException;

  /** Evaluates a run's best weights on a split. */
  Map<String, Object> evaluate(Path run, Split split) throws IOException;

  /** Predicts the class of each file. */
  List<Prediction> predict(Path run, List<Path> files) throws IOException;

  /** The datasets of the catalogue, in the order of the list. */
  List<DatasetEntry> datasets();

  /** Fetches a dataset from its source, checking each file's SHA-256, and returns where it is. */
  Path fetch(String dataset) throws IOException;

  /** Reads every sample of a spec's data; returns the problems found, one line each. */
  List<String> checkData(RunSpec spec) throws IOException;

  /**
   * A model of the catalogue.
   *
   * @param name what a spec calls it
   * @param family its architecture
   * @param parameters number of weights and biases
   * @param paper where it was published, a link
   */
  record Model(String name, String family, long parameters, String paper) {}

  /**
   * A dataset of the catalogue.
   *
   * @param shape of one sample, such as {@code 1x28x28}
   * @param location where it was found, or {@code null}
   */
  record DatasetEntry(
      String name,
      String description,
      String shape,
      int classes,
      int samples,
      String license,
      Path location) {}

  /**
   * What a file was taken for.
   *
   * @param probability of the label, 0 to 1
   */
  record Prediction(Path file, String label, double probability) {}
}
