package dev.dl.benchmarks;

import dev.dl.core.data.Batch;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Deeplearning4j with its own layers, updater and defaults. */
final class StockEngine implements Engine {
  private MultiLayerNetwork network;
  private List<DataSet> batches;
  private int next;

  @Override
  public void prepare(Workload workload) {
    network =
        new MultiLayerNetwork(
            switch (workload) {
              case CNN28 -> cnn28(workload);
            });
    network.init();
    batches = workload.batches().stream().map(batch -> dataSet(batch, workload)).toList();
  }

  @Override
  public void step() {
    network.fit(batches.get(next++ % batches.size()));
  }

  @Override
  public long parameterCount() {
    return network.numParams();
  }

  private static MultiLayerConfiguration cnn28(Workload workload) {
    return new NeuralNetConfiguration.Builder()
        .updater(new Adam(workload.learningRate()))
        .activation(Activation.RELU)
        .convolutionMode(ConvolutionMode.Same)
        .list()
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(32).build())
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(64).build())
        .layer(pooling())
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(64).build())
        .layer(pooling())
        .layer(new DenseLayer.Builder().nOut(128).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(workload.classes())
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(
            InputType.convolutional(
                workload.image().height(), workload.image().width(), workload.image().channels()))
        .build();
  }

  private static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2})
        .stride(2, 2)
        .build();
  }

  private static DataSet dataSet(Batch batch, Workload workload) {
    INDArray images =
        Nd4j.createFromArray(batch.inputs())
            .reshape(
                batch.size(),
                workload.image().channels(),
                workload.image().height(),
                workload.image().width());
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch.size(), workload.classes());
    for (int row = 0; row < batch.size(); row++) {
      labels.putScalar(row, batch.labels()[row], 1);
    }
    return new DataSet(images, labels);
  }
}
