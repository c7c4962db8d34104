package dev.dl.training.benchmark;

import dev.dl.core.data.Batch;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.FeatureTokens;
import dev.dl.models.layer.OneHot;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.TableFeatures;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Batches of random inputs and labels that a graph takes. */
public final class RandomBatches {
  private final Graph graph;
  private final int batchSize;
  private final Random random = new Random(1);

  public RandomBatches(Graph graph, int batchSize) {
    this.graph = graph;
    this.batchSize = batchSize;
  }

  /** Of the ids that the network reads, 0 among them; 0 if it reads other things. */
  private int vocabulary() {
    for (Node node : graph.nodes()) {
      if (node.layer() instanceof Embedding embedding) {
        return embedding.vocabulary();
      }
      if (node.layer() instanceof OneHot codes) {
        return codes.categories() + 1;
      }
    }
    return 0;
  }

  /** Of the categorical columns, the last of a row; none if the network reads other things. */
  private List<Integer> cardinalities() {
    for (Node reader : graph.readers(graph.input())) {
      if (reader.layer() instanceof TableFeatures table) {
        return table.cardinalities();
      }
      if (reader.layer() instanceof FeatureTokens table) {
        return table.cardinalities();
      }
    }
    return List.of();
  }

  /** The next of them; the first is always the same. */
  public Batch next() {
    Shape input = graph.input().shape();
    Shape output = graph.output().shape();
    int vocabulary = vocabulary();
    List<Integer> cardinalities = cardinalities();
    int numbers = input.size() - cardinalities.size();
    float[] values = new float[batchSize * input.size()];
    for (int i = 0; i < values.length; i++) {
      int category = i % input.size() - numbers;
      if (category >= 0) {
        values[i] = random.nextInt(cardinalities.get(category));
      } else if (vocabulary > 0) {
        values[i] = 1 + random.nextInt(vocabulary - 1);
      } else {
        values[i] = (float) random.nextGaussian();
      }
    }
    int classes = output.features();
    int[] labels = random.ints((long) batchSize * output.size() / classes, 0, classes).toArray();
    return Batch.labelled(values, labels, IntStream.range(0, batchSize).toArray());
  }
}
