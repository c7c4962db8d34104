package dev.dl.training;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.DatasetCatalog;
import dev.dl.core.run.Provenance;
import dev.dl.core.tensorfile.Tensor;
import dev.dl.core.tensorfile.WeightFile;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.network.Network;
import dev.dl.models.pretrained.AdoptedWeight;
import dev.dl.models.pretrained.Adoption;
import dev.dl.models.pretrained.Pretrained;
import dev.dl.training.checkpoint.Weights;
import dev.dl.training.spec.PretrainedSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Someone's weights that a run begins with.
 *
 * @param source where they are from
 * @param account what became of each
 */
record PretrainedStart(Provenance.Pretrained source, List<AdoptedWeight> account) {
  private static final Logger LOG = LoggerFactory.getLogger(PretrainedStart.class);

  /**
   * Where the weights lie.
   *
   * @throws NoSuchFileException if there are none
   */
  static Path file(PretrainedSpec spec, Path workingDirectory) throws IOException {
    Path file = workingDirectory.resolve(spec.path());
    if (Files.isDirectory(file)) {
      throw new ConfigException(
          "model.pretrained.path", file + ", a folder", "a file of weights", "name one in it");
    }
    if (Files.exists(file)) {
      return file;
    }
    return DatasetCatalog.standard()
        .weights(spec.path())
        .orElseThrow(() -> new NoSuchFileException(file.toString()));
  }

  /**
   * Loads the weights into a network, whose adapters stay as they began.
   *
   * @param graph that the architecture defines, without adapters
   * @param title what messages call the network
   */
  static PretrainedStart load(
      PretrainedSpec spec,
      Path file,
      Architecture architecture,
      Graph graph,
      Network network,
      String title)
      throws IOException {
    String sha256 = Weights.sha256(file);
    Map<String, Tensor> weights = new LinkedHashMap<>(network.weights());
    Adoption adoption =
        Pretrained.adopt(WeightFile.read(file), architecture, graph, weights, spec.allowed());
    adoption.table().forEach(line -> LOG.info("weight {}", line));
    adoption.requireComplete(file, title);
    weights.putAll(adoption.weights());
    network.load(weights);
    LOG.warn("began with the weights of {}: {}", file, adoption.summary());
    return new PretrainedStart(
        new Provenance.Pretrained(file.toString(), sha256), adoption.account());
  }
}
