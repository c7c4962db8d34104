package dev.dl.models.vision;

import static dev.dl.models.block.ConvNormRelu.convNormRelu;

import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Dropout;
import dev.dl.models.layer.GlobalAveragePooling;
import dev.dl.models.layer.Pooling;
import dev.dl.models.layer.Shape;
import java.util.List;

/**
 * A plain stack of 3x3 convolutions in the manner of VGG (Simonyan and Zisserman 2014),
 * batch-normalized, with maximum pooling between stages and global average pooling before the
 * classifier. Small and quick: the quickstart's.
 *
 * @param widths channels of the convolutions, stage by stage
 * @param dropout rate before the classifier
 */
public record ConvNet(List<List<Integer>> widths, double dropout) implements Architecture {
  public static final String PAPER = "https://arxiv.org/abs/1409.1556";

  public static final ConvNet SMALL =
      new ConvNet(List.of(List.of(32), List.of(64, 64), List.of(128)), 0.2);

  public ConvNet {
    widths = widths.stream().map(List::copyOf).toList();
  }

  @Override
  public Graph define(Input input, Head head) {
    Node x = Node.input(Shape.of(input.image()));
    for (int stage = 0; stage < widths.size(); stage++) {
      if (stage > 0) {
        x = x.then("pool" + stage, Pooling.maximum(2));
      }
      List<Integer> convolutions = widths.get(stage);
      for (int i = 0; i < convolutions.size(); i++) {
        String place = "stage" + (stage + 1) + "." + i;
        x = convNormRelu(x, place + ".conv", place + ".bn", convolutions.get(i), 3, 1);
      }
    }
    x = x.then("average", new GlobalAveragePooling()).then("dropout", new Dropout(dropout));
    return Graph.of(x.then("classifier", Dense.linear(head.outputs())));
  }
}
