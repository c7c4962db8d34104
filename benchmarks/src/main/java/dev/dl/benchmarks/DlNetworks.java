package dev.dl.benchmarks;

import dev.dl.benchmarks.Workload.TokenInput;
import dev.dl.core.kernel.Activation;
import dev.dl.models.adaptation.LowRankAdaptation;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.Convolution;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.Flatten;
import dev.dl.models.layer.LastStep;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Recurrent;
import dev.dl.models.layer.Shape;
import dev.dl.models.text.Bert;
import dev.dl.models.text.Gpt;
import dev.dl.models.vision.MobileNetV2;
import dev.dl.models.vision.ResNet;
import java.util.List;

/** The workloads as our graphs. */
final class DlNetworks {
  private DlNetworks() {}

  static Graph of(Workload workload) {
    Head head = Head.classes(workload.classes());
    return switch (workload) {
      case CNN28 -> cnn28(workload);
      case RESNET18_CIFAR -> ResNet.RESNET_18.define(input(workload), head);
      case MOBILENETV2_CIFAR -> MobileNetV2.SMALL_IMAGES.define(input(workload), head);
      case LSTM_TEXT -> lstm(workload, input(workload).text());
      case TRANSFORMER_ENCODER, MINILM_FROZEN -> Bert.MINILM_L6.define(input(workload), head);
      case MINILM_LORA ->
          new LowRankAdaptation(List.of("*.query.weight", "*.value.weight"), 8, 16, 0.1)
              .adapt(Bert.MINILM_L6.define(input(workload), head), "targets");
      case GPT_MINI -> gpt(input(workload).text(), head);
    };
  }

  private static Graph cnn28(Workload workload) {
    return Graph.of(
        Node.input(Shape.of(workload.image()))
            .then("conv1", Convolution.same(32, 3))
            .then("conv2", Convolution.same(64, 3))
            .then("pool1", Pooling.maximum(2))
            .then("conv3", Convolution.same(64, 3))
            .then("pool2", Pooling.maximum(2))
            .then("flatten", new Flatten())
            .then("fc1", new Dense(128, Activation.RELU))
            .then("fc2", Dense.linear(workload.classes())));
  }

  private static Graph lstm(Workload workload, TextInput input) {
    return Graph.of(
        Node.input(input.shape())
            .then("embedding", Embedding.of(input.vocabulary(), 128))
            .then("lstm", Recurrent.lstm(256))
            .then("last", new LastStep(false))
            .then("classifier", Dense.linear(workload.classes())));
  }

  private static Input input(Workload workload) {
    return workload.input() instanceof TokenInput tokens
        ? new TextInput(tokens.length(), tokens.vocabulary())
        : new ImageInput(workload.image());
  }

  private static Graph gpt(TextInput input, Head head) {
    return new Gpt(6, 384, 6, input.length(), 0).define(input, head);
  }
}
