package dev.dl.models.network;

import dev.dl.core.data.image.ImageShape;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.ClassToken;
import dev.dl.models.layer.FirstToken;
import dev.dl.models.layer.ImageToSequence;
import dev.dl.models.layer.Layer;
import dev.dl.models.layer.LayerScale;
import dev.dl.models.layer.PatchPositions;
import dev.dl.models.layer.PointwiseConvolution;
import dev.dl.models.layer.SequenceToImage;
import dev.dl.models.layer.StochasticDepth;
import dev.dl.models.layer.TransposeSequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The layers of images as sequences of patches, on an image. */
final class PatchCases {
  private PatchCases() {}

  static Map<String, UnaryOperator<Node>> all() {
    Map<String, UnaryOperator<Node>> cases = new LinkedHashMap<>();
    cases.put("image to sequence", x -> first(sequence(x)));
    cases.put("sequence to image", PatchCases::thereAndBack);
    cases.put("transposed sequence", after(new TransposeSequence()));
    cases.put("class token", after(new ClassToken()));
    cases.put("first token", x -> sequence(x).then("layer", new FirstToken()));
    cases.put("patch positions", after(new PatchPositions()));
    cases.put("layer scale", after(new LayerScale(0.5)));
    cases.put("pointwise convolution", after(new PointwiseConvolution(5, true)));
    cases.put("stochastic depth of sequences", after(new StochasticDepth(0.4)));
    return cases;
  }

  /** Before a layer that needs positions to be where they were. */
  private static UnaryOperator<Node> after(Layer layer) {
    return x -> first(sequence(x).then("layer", layer));
  }

  private static Node first(Node sequence) {
    return sequence.then("more", new PatchPositions()).then("first", new FirstToken());
  }

  private static Node sequence(Node x) {
    return x.then("sequence", new ImageToSequence());
  }

  private static Node thereAndBack(Node x) {
    ImageShape image = x.shape().image();
    return sequence(x).then("layer", new SequenceToImage(image.height(), image.width()));
  }
}
