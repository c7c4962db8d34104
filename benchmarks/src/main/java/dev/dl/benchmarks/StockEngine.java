package dev.dl.benchmarks;

import dev.dl.core.data.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j with its own layers, updater and defaults. */
final class StockEngine implements Engine {
  private static final String POM =
      "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";

  private ComputationGraph network;
  private List<DataSet> batches;
  private int next;

  @Override
  public Set<Workload> workloads() {
    return StockNetworks.ALL.keySet();
  }

  @Override
  public String version() {
    Properties built = new Properties(); // its manifest says nothing
    try (InputStream in = ComputationGraph.class.getResourceAsStream(POM)) {
      built.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "Deeplearning4j " + built.getProperty("version");
  }

  @Override
  public void prepare(Workload workload) {
    network = new ComputationGraph(StockNetworks.ALL.get(workload).apply(workload));
    network.init();
    batches = workload.batches().stream().map(batch -> dataSet(batch, workload)).toList();
  }

  @Override
  public void step() {
    network.fit(batches.get(next++ % batches.size()));
  }

  @Override
  public void infer() {
    network.output(batches.get(next++ % batches.size()).getFeatures());
  }

  @Override
  public long parameterCount() {
    return network.numParams();
  }

  private static DataSet dataSet(Batch batch, Workload workload) {
    long[] shape =
        LongStream.concat(
                LongStream.of(workload.batchSize()), LongStream.of(workload.input().shape()))
            .toArray();
    INDArray inputs = Nd4j.createFromArray(batch.inputs()).reshape(shape);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch.labels().length, workload.classes());
    for (int row = 0; row < batch.labels().length; row++) {
      labels.putScalar(row, batch.labels()[row], 1);
    }
    return new DataSet(inputs, labels);
  }
}
