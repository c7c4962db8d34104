package dev.dl.models.layer;

import dev.dl.core.kernel.Activation;
import dev.dl.core.kernel.RecurrentCell;
import dev.dl.core.kernel.Window;
import dev.dl.models.block.SqueezeExcitation;
import dev.dl.models.block.TransformerBlock;
import dev.dl.models.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The layer or block that each file of golden values belongs to, reading the inputs of a case. */
final class GoldenGraphs {
  private static final Map<String, Function<GoldenCase, Node>> GRAPHS = new LinkedHashMap<>();

  static {
    layer("convolution", GoldenGraphs::convolution);
    layer("grouped-convolution", GoldenGraphs::convolution);
    layer("transposed-convolution", GoldenGraphs::transposedConvolution);
    layer("batch-normalization", GoldenGraphs::batchNormalization);
    layer("group-normalization", test -> new GroupNormalization(test.setting("groups")));
    layer("layer-normalization", test -> new LayerNormalization(test.number("epsilon")));
    layer("rms-normalization", test -> new RmsNormalization(test.number("epsilon")));
    layer("relu", test -> new Activate(Activation.RELU));
    layer("activation", test -> new Activate(Activation.valueOf(test.text("activation"))));
    layer("max-pooling", test -> new Pooling(false, window(test)));
    layer("average-pooling", test -> new Pooling(true, window(test)));
    layer("global-average-pooling", test -> new GlobalAveragePooling());
    layer("subsample", test -> new Subsample((int) test.shape("output")[1]));
    layer("residual", test -> new Add(Activation.RELU));
    layer("stochastic-depth", test -> new StochasticDepth(test.number("rate")));
    layer("flatten", test -> new Flatten());
    layer("dense", GoldenGraphs::dense);
    layer("low-rank-adaptation", GoldenGraphs::lowRankAdapted);
    layer("dropout", test -> new Dropout(test.number("rate")));
    layer("added-with-dropout", test -> new AddDropped(test.number("rate")));
    layer("padding-mask", test -> new PaddingMask(test.setting("padding")));
    layer("typed-tokens", GoldenGraphs::typedTokens);
    layer("embedding", GoldenGraphs::embedding);
    layer("sinusoidal-positions", test -> new SinusoidalPositions());
    layer("position-embedding", test -> new PositionEmbedding((int) test.shape("weight")[0]));
    layer("token-type-embedding", test -> new TokenTypeEmbedding((int) test.shape("weight")[0]));
    layer("lstm", test -> recurrent(test, RecurrentCell.LSTM));
    layer("gru", test -> recurrent(test, RecurrentCell.GRU));
    layer("last-step", test -> new LastStep(test.flag("bidirectional")));
    layer("maximum-over-tokens", test -> new MaximumOverTokens());
    layer("sequence-convolution", GoldenGraphs::sequenceConvolution);
    layer("table-features", GoldenGraphs::tableFeatures);
    layer("feature-tokens", GoldenGraphs::featureTokens);
    layer("sum-over-tokens", test -> new SumOverTokens());
    layer("pair-products", test -> new PairProducts());
    layer("squared-distance", test -> new SquaredDistance());
    layer("unit-length", test -> new UnitLength());
    layer("unflatten", test -> new Unflatten(test.sample("output").length()));
    layer("chosen-columns", GoldenGraphs::chosenColumns);
    layer("gated-relu", test -> new GatedRelu());
    layer("concatenation", test -> new Concatenate());
    layer("mean-over-tokens", test -> new MeanOverTokens());
    layer("image-to-sequence", test -> new ImageToSequence());
    layer("sequence-to-image", GoldenGraphs::sequenceToImage);
    layer("transposed-sequence", test -> new TransposeSequence());
    layer("class-token", test -> new ClassToken());
    layer("first-token", test -> new FirstToken());
    layer("first-tokens", test -> new FirstTokens(test.sample("output").length()));
    layer("one-hot", test -> new OneHot(test.sample("output").features()));
    layer("patch-positions", test -> new PatchPositions());
    layer("layer-scale", test -> new LayerScale(0.1));
    layer("pointwise-convolution", GoldenGraphs::pointwiseConvolution);
    layer("attention-pooling", test -> new AttentionPooling());
    layer("attention", test -> attention(test, 0));
    layer("attention-with-dropout", test -> attention(test, test.number("rate")));
    GRAPHS.put("squeeze-excitation", GoldenGraphs::squeezeExcitation);
    GRAPHS.put("encoder-block", GoldenGraphs::encoder);
    GRAPHS.put("decoder-block", GoldenGraphs::decoder);
  }

  private GoldenGraphs() {}

  private static void layer(String file, Function<GoldenCase, Layer> layer) {
    GRAPHS.put(file, test -> test.reader(layer.apply(test)));
  }

  static Set<String> files() {
    return GRAPHS.keySet();
  }

  /** The output of the graph. */
  static Node of(GoldenCase test) {
    return GRAPHS.get(test.file()).apply(test);
  }

  private static Layer convolution(GoldenCase test) {
    int outputs = (int) test.shape("output")[1];
    int groups = test.setting("groups", 1);
    return new Convolution(outputs, window(test), groups, test.has("bias"), Activation.NONE, false);
  }

  private static Layer batchNormalization(GoldenCase test) {
    return new BatchNormalization(Activation.NONE, test.number("epsilon"), test.number("momentum"));
  }

  private static Layer transposedConvolution(GoldenCase test) {
    int outputs = (int) test.shape("output")[1];
    return new TransposedConvolution(
        outputs,
        window(test),
        test.setting("outputPadding"),
        test.setting("groups"),
        test.has("bias"));
  }

  private static Window window(GoldenCase test) {
    return new Window(
        test.setting("kernel"),
        test.setting("stride"),
        test.setting("columnStride", test.setting("stride")),
        test.setting("padding"),
        test.setting("dilation", 1));
  }

  private static Layer dense(GoldenCase test) {
    return new Dense(
        (int) test.shape("output")[1], test.has("bias"), Activation.NONE, Dense.Start.USUAL);
  }

  private static Layer lowRankAdapted(GoldenCase test) {
    Layer base =
        test.has("weight") ? Dense.linear(test.sample("output").features()) : new QueryKeyValue();
    List<String> weights =
        Stream.of("weight", "query.weight", "key.weight", "value.weight")
            .filter(weight -> test.has(LowRankAdapted.nameOfA(weight)))
            .toList();
    return new LowRankAdapted(base, weights, test.setting("rank"), test.number("alpha"), 0);
  }

  private static Layer sequenceConvolution(GoldenCase test) {
    long[] weight = test.shape("weight");
    return new SequenceConvolution((int) weight[0], (int) weight[2], Activation.NONE);
  }

  private static Layer tableFeatures(GoldenCase test) {
    List<Integer> cardinalities = new ArrayList<>();
    while (test.has(cardinalities.size() + ".weight")) {
      cardinalities.add((int) test.shape(cardinalities.size() + ".weight")[0]);
    }
    return new TableFeatures(test.setting("numbers"), cardinalities);
  }

  private static Layer featureTokens(GoldenCase test) {
    List<Integer> cardinalities = new ArrayList<>();
    test.settings().get("cardinalities").forEach(count -> cardinalities.add(count.asInt()));
    return new FeatureTokens(
        test.setting("numbers"),
        cardinalities,
        test.sample("output").features(),
        test.flag("biases"),
        Initializer.transformer());
  }

  private static Layer chosenColumns(GoldenCase test) {
    List<Integer> positions = new ArrayList<>();
    test.settings().get("columns").forEach(position -> positions.add(position.asInt()));
    return new ChosenColumns(positions);
  }

  private static Layer typedTokens(GoldenCase test) {
    TypedTokens.Part part = TypedTokens.Part.valueOf(test.text("part"));
    return new TypedTokens(test.setting("vocabulary"), part);
  }

  private static Layer embedding(GoldenCase test) {
    long[] table = test.shape("weight");
    return new Embedding((int) table[0], (int) table[1], test.setting("padding"), 1);
  }

  private static Layer recurrent(GoldenCase test, RecurrentCell cell) {
    boolean bidirectional = test.flag("bidirectional");
    int directions = bidirectional ? 2 : 1;
    return new Recurrent(cell, test.sample("output").features() / directions, bidirectional);
  }

  private static Layer sequenceToImage(GoldenCase test) {
    return new SequenceToImage(test.setting("height"), test.setting("width"));
  }

  private static Layer pointwiseConvolution(GoldenCase test) {
    return new PointwiseConvolution((int) test.shape("weight")[0], true);
  }

  private static Layer attention(GoldenCase test, double dropout) {
    return new SelfAttention(test.setting("heads"), test.flag("causal"), dropout);
  }

  private static Node squeezeExcitation(GoldenCase test) {
    Activation inside = Activation.valueOf(test.text("inside"));
    Activation gate = Activation.valueOf(test.text("gate"));
    return new SqueezeExcitation(test.setting("squeezed"), inside, gate)
        .of(test.input("input"), "test");
  }

  private static Node encoder(GoldenCase test) {
    return TransformerBlock.encoder(
        test.input("input"), test.input("mask"), "test", settings(test));
  }

  private static Node decoder(GoldenCase test) {
    return TransformerBlock.decoder(test.input("input"), "test", settings(test));
  }

  private static TransformerBlock.Settings settings(GoldenCase test) {
    return new TransformerBlock.Settings(
        test.setting("heads"), test.setting("feedForward"), 0, test.number("epsilon"));
  }
}
