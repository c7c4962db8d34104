package dev.dl.models.vision;

import static dev.dl.models.block.ConvNormRelu.convNorm;
import static dev.dl.models.block.ConvNormRelu.convNormRelu;

import dev.dl.core.kernel.Activation;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Add;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Shape;
import dev.dl.models.layer.Subsample;

/**
 * Residual network for small images (He et al. 2015, section 4.2): three stages of 16, 32 and 64
 * channels, shortcuts without parameters.
 *
 * @param blocksPerStage n of the paper's 6n + 2 layers
 */
public record ResNet(int blocksPerStage) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1512.03385";

  public static final ResNet RESNET_20 = new ResNet(3);
  public static final ResNet RESNET_32 = new ResNet(5);
  public static final ResNet RESNET_56 = new ResNet(9);

  private static final int[] CHANNELS = {16, 32, 64};

  @Override
  public Graph define(Shape input, Head head) {
    Node x = convNormRelu(Node.input(input), "conv1", "bn1", CHANNELS[0], 3, 1);
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      for (int block = 0; block < blocksPerStage; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        x = residual(x, "layer" + (stage + 1) + "." + block, CHANNELS[stage], stride);
      }
    }
    return Graph.of(
        x.then("average", new GlobalAveragePooling()).then("fc", Dense.linear(head.classes())));
  }

  private static Node residual(Node x, String place, int channels, int stride) {
    Node branch = convNormRelu(x, place + ".conv1", place + ".bn1", channels, 3, stride);
    branch = convNorm(branch, place + ".conv2", place + ".bn2", channels, 3, 1);
    Node shortcut = stride == 1 ? x : x.then(place + ".shortcut", new Subsample(channels));
    return Node.join(place + ".add", new Add(Activation.RELU), branch, shortcut);
  }
}
