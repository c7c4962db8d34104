package dev.dl.training;

import dev.dl.core.run.RunDirectory;
import dev.dl.core.tensorfile.SafeTensors;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.adaptation.LowRankAdaptation;
import dev.dl.models.graph.Graph;
import dev.dl.training.spec.LoraSpec;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was trained in place of the weights, alone: a small file to go with theirs. */
final class Adapters {
  private Adapters() {}

  /**
   * Writes the file.
   *
   * @param adapted the graph with adapters
   * @param weights of it, all of them
   */
  static void write(
      RunDirectory directory, RunSpec spec, Graph adapted, Map<String, Tensor> weights)
      throws IOException {
    LoraSpec lora = spec.fineTuning().lora();
    Map<String, Tensor> trained = new LinkedHashMap<>(weights);
    trained.keySet().retainAll(LowRankAdaptation.trained(adapted));
    Map<String, String> settings =
        Map.of("rank", lora.rank() + "", "alpha", lora.alpha() + "", "model", spec.model().title());
    directory
        .fileSystem()
        .replace(
            directory.files().adapters(), output -> SafeTensors.write(output, trained, settings));
  }
}
