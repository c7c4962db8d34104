package dev.dl.benchmarks;

import dev.dl.core.data.image.ImageShape;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The workloads that Deeplearning4j has the layers for, as its users write them. */
final class StockNetworks {
  static final Map<Workload, Function<Workload, ComputationGraphConfiguration>> ALL =
      Map.of(
          Workload.CNN28, StockNetworks::cnn28,
          Workload.RESNET18_CIFAR, StockNetworks::resnet18,
          Workload.MOBILENETV2_CIFAR, StockNetworks::mobileNetV2,
          Workload.LSTM_TEXT, StockNetworks::lstm);

  /** Rows of expansion, channels, blocks and stride, as of dl's model. */
  private static final int[][] MOBILENET_STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 1},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private StockNetworks() {}

  private static GraphBuilder graph(Workload workload, InputType input) {
    return new NeuralNetConfiguration.Builder()
        .updater(new Adam(workload.learningRate()))
        .activation(Activation.RELU)
        .convolutionMode(ConvolutionMode.Same)
        .graphBuilder()
        .addInputs("input")
        .setInputTypes(input);
  }

  private static InputType image(Workload workload) {
    ImageShape image = workload.image();
    return InputType.convolutional(image.height(), image.width(), image.channels());
  }

  private static ComputationGraphConfiguration output(
      GraphBuilder graph, Workload workload, String input) {
    return graph
        .addLayer(
            "output",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(workload.classes())
                .activation(Activation.SOFTMAX)
                .build(),
            input)
        .setOutputs("output")
        .build();
  }

  private static ComputationGraphConfiguration cnn28(Workload workload) {
    GraphBuilder graph =
        graph(workload, image(workload))
            .addLayer("conv1", new ConvolutionLayer.Builder(3, 3).nOut(32).build(), "input")
            .addLayer("conv2", new ConvolutionLayer.Builder(3, 3).nOut(64).build(), "conv1")
            .addLayer("pool1", pooling(), "conv2")
            .addLayer("conv3", new ConvolutionLayer.Builder(3, 3).nOut(64).build(), "pool1")
            .addLayer("pool2", pooling(), "conv3")
            .addLayer("fc1", new DenseLayer.Builder().nOut(128).build(), "pool2");
    return output(graph, workload, "fc1");
  }

  private static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX, new int[] {2, 2})
        .stride(2, 2)
        .build();
  }

  private static ComputationGraphConfiguration resnet18(Workload workload) {
    GraphBuilder graph = graph(workload, image(workload));
    String x = convNorm(graph, "stem", "input", 64, 3, 1, Activation.RELU);
    for (int stage = 0; stage < 4; stage++) {
      for (int block = 0; block < 2; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        x = residual(graph, "stage" + stage + "block" + block, x, 64 << stage, stride);
      }
    }
    graph.addLayer("average", new GlobalPoolingLayer(PoolingType.AVG), x);
    return output(graph, workload, "average");
  }

  private static String residual(
      GraphBuilder graph, String name, String input, int channels, int stride) {
    String shortcut =
        stride == 1
            ? input
            : convNorm(graph, name + "shortcut", input, channels, 1, stride, Activation.IDENTITY);
    String branch = convNorm(graph, name + "a", input, channels, 3, stride, Activation.RELU);
    branch = convNorm(graph, name + "b", branch, channels, 3, 1, Activation.IDENTITY);
    graph.addVertex(
        name + "add", new ElementWiseVertex(ElementWiseVertex.Op.Add), branch, shortcut);
    graph.addLayer(name, new ActivationLayer(Activation.RELU), name + "add");
    return name;
  }

  private static ComputationGraphConfiguration mobileNetV2(Workload workload) {
    GraphBuilder graph = graph(workload, image(workload));
    String x = convNorm(graph, "stem", "input", 32, 3, 1, Activation.RELU6);
    int channels = 32;
    for (int[] stage : MOBILENET_STAGES) {
      for (int block = 0; block < stage[2]; block++) {
        int stride = block == 0 ? stage[3] : 1;
        String name = "block" + stage[1] + "x" + block;
        String branch = invertedResidual(graph, name, x, channels, stage, stride);
        if (stride == 1 && channels == stage[1]) {
          graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), branch, x);
          branch = name;
        }
        x = branch;
        channels = stage[1];
      }
    }
    x = convNorm(graph, "features", x, 1280, 1, 1, Activation.RELU6);
    graph.addLayer("average", new GlobalPoolingLayer(PoolingType.AVG), x);
    return output(graph, workload, "average");
  }

  private static String invertedResidual(
      GraphBuilder graph, String name, String input, int channels, int[] stage, int stride) {
    String x = input;
    if (stage[0] > 1) {
      x = convNorm(graph, name + "a", x, channels * stage[0], 1, 1, Activation.RELU6);
    }
    var depthwise =
        new DepthwiseConvolution2D.Builder(3, 3)
            .stride(stride, stride)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build();
    x = normalized(graph, name + "b", x, depthwise, Activation.RELU6);
    return convNorm(graph, name + "c", x, stage[1], 1, 1, Activation.IDENTITY);
  }

  private static String convNorm(
      GraphBuilder graph,
      String name,
      String input,
      int channels,
      int kernel,
      int stride,
      Activation activation) {
    var convolution =
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .nOut(channels)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build();
    return normalized(graph, name, input, convolution, activation);
  }

  private static String normalized(
      GraphBuilder graph, String name, String input, Layer layer, Activation activation) {
    graph.addLayer(name + "conv", layer, input);
    graph.addLayer(
        name + "norm",
        new BatchNormalization.Builder().activation(activation).build(),
        name + "conv");
    return name + "norm";
  }

  private static ComputationGraphConfiguration lstm(Workload workload) {
    Workload.TokenInput tokens = (Workload.TokenInput) workload.input();
    GraphBuilder graph =
        graph(workload, InputType.recurrent(tokens.vocabulary(), tokens.length()))
            .addLayer(
                "embedding",
                new EmbeddingSequenceLayer.Builder()
                    .nIn(tokens.vocabulary())
                    .nOut(128)
                    .inputLength(tokens.length())
                    .activation(Activation.IDENTITY)
                    .build(),
                "input")
            .addLayer(
                "lstm",
                new LastTimeStep(
                    new LSTM.Builder().nIn(128).nOut(256).activation(Activation.TANH).build()),
                "embedding");
    return output(graph, workload, "lstm");
  }
}
