package dev.dl.models.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.DenseArrays;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.ImageInput;
import dev.dl.models.graph.Input;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.NamedRange;
import dev.dl.models.network.Network;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every block trains, and what it says of texts depends neither on padding nor on the future. */
final class BlocksTest {
  private static final Input IMAGE = ImageInput.of(3, 16, 16);
  private static final TextInput TEXT = new TextInput(16, 11);
  private static final int SAMPLES = 3;

  private static final List<String> IMAGES =
      List.of(
          """
          - conv: {channels: 8, activation: silu}
          - group-norm: 4
          - max-pool: {size: 3, stride: 2, padding: 1}
          - depthwise-conv
          - batch-norm
          - activation: hard-swish
          - squeeze-excite: 4
          - residual:
              layers: [{conv: 12}, {activation: leaky-relu}, {conv: 12}]
              dropPath: 0.1
              activation: gelu
          - average-pool: 2
          - transposed-conv: 6
          - relu
          - global-average-pool
          - dense: 7
          - relu
          - layer-norm
          - dropout: 0.1
          """,
          """
          - patches: {size: 4, features: 8}
          - positions: true
          - transformer-block: 2
          - residual: [layer-norm, {dense: {units: 8, activation: tanh}}]
          - mean-over-tokens
          """,
          "[{conv: {channels: 4, stride: 2, groups: 1}}, relu, flatten]");

  private static final List<String> TEXTS =
      List.of(
          "[{embedding: 8}, positions, {transformer-block: {heads: 2, dropout: 0}}, layer-norm,"
              + " mean-over-tokens]",
          "[{embedding: 8}, {lstm: {units: 6, bidirectional: true}}, {dropout: 0}, last-token]",
          "[{embedding: 8}, {gru: 6}, {lstm: 5}, max-over-tokens]",
          "[{embedding: 8}, {conv1d: {channels: 6, kernel: 2}}, relu, max-over-tokens]",
          "[{embedding: 8}, {transformer-block: 2}, first-token, {dense: 5}, relu]");

  private static final List<String> WRITERS =
      List.of(
          "[{embedding: 8}, {positions: true}, {transformer-block: {heads: 2}}, layer-norm]",
          "[{embedding: 8}, {lstm: 6}, {gru: 5}, {dense: 9}, relu]");

  static Stream<String> images() {
    return IMAGES.stream();
  }

  static Stream<String> texts() {
    return TEXTS.stream();
  }

  static Stream<String> writers() {
    return WRITERS.stream();
  }

  @Test
  void noBlockIsLeftOut() {
    Set<Class<?>> used = new HashSet<>();
    Stream.of(images(), texts(), writers())
        .flatMap(stacks -> stacks)
        .forEach(stack -> collect(Stacks.of(stack).layers(), used));

    assertThat(used).containsExactlyInAnyOrder(Block.class.getPermittedSubclasses()).hasSize(27);
  }

  private static void collect(List<Block> blocks, Set<Class<?>> used) {
    for (Block block : blocks) {
      used.add(block.getClass());
      if (block instanceof CommonBlocks.Residual residual) {
        collect(residual.layers(), used);
      }
    }
  }

  private static Network network(String layers, Input input, int outputs) {
    Head head = Head.classes(outputs);
    return Network.create(
        Stacks.of(layers).define(input, head), head.loss(0), TestKernels.create(), 4);
  }

  @ParameterizedTest
  @MethodSource("images")
  void imagesTrain(String layers) {
    float[] pixels = new float[SAMPLES * IMAGE.shape().size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.sin(i);
    }
    requireTraining(network(layers, IMAGE, 4), pixels, new float[] {0, 1, 2});
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textsTrain(String layers) {
    requireTraining(network(layers, TEXT, 4), ids(TEXT.length()), new float[] {0, 1, 2});
  }

  @ParameterizedTest
  @MethodSource("writers")
  void writersTrain(String layers) {
    float[] next = new float[SAMPLES * TEXT.length()];
    for (int i = 0; i < next.length; i++) {
      next[i] = i % TEXT.vocabulary();
    }
    requireTraining(network(layers, TEXT, TEXT.vocabulary()), ids(TEXT.length()), next);
  }

  private static void requireTraining(Network network, float[] values, float[] targets) {
    double before = network.gradient(values, SAMPLES, targets, 0, 0).sum();
    Set<String> missing = withoutGradient(network);
    double norm = network.gradients().norm2Number().doubleValue();
    var update = network.gradients().mul(0.02 * before / (norm * norm));
    for (int step = 1; step < 9 && !missing.isEmpty(); step++) {
      network.gradient(values, SAMPLES, targets, step, 0);
      missing.retainAll(withoutGradient(network));
    }
    assertThat(missing).as("parameters without a gradient").isEmpty();
    network.parameters().subi(update);
    assertThat(network.gradient(values, SAMPLES, targets, 0, 0).sum()).isLessThan(before);
  }

  private static Set<String> withoutGradient(Network network) {
    float[] gradients = DenseArrays.read(network.gradients());
    Set<String> names = new HashSet<>();
    for (NamedRange range : network.parameterRanges()) {
      double size = 0;
      for (long i = range.offset(); i < range.offset() + range.length(); i++) {
        size += Math.abs(gradients[(int) i]);
      }
      assertThat(size).as(range.name()).isFinite();
      if (size == 0) {
        names.add(range.name());
      }
    }
    return names;
  }

  /** Three texts of 5, 8 and 3 tokens. */
  private static float[] ids(int length) {
    float[] ids = new float[SAMPLES * length];
    int[] lengths = {5, 8, 3};
    for (int text = 0; text < SAMPLES; text++) {
      for (int i = 0; i < lengths[text]; i++) {
        ids[text * length + i] = 1 + (7 * text + 3 * i) % (TEXT.vocabulary() - 1);
      }
    }
    return ids;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void morePaddingChangesNothing(String layers) {
    Network network = network(layers, TEXT, 4);

    assertThat(network.logits(ids(16), SAMPLES))
        .containsExactly(network.logits(ids(8), SAMPLES), within(1e-5f));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void whatIsToldOfATokenDependsOnNoneAfterIt(String layers) {
    Network network = network(layers, TEXT, TEXT.vocabulary());
    float[] text = Arrays.copyOf(ids(8), 8);
    float[] other = text.clone();
    other[5] = 10;
    int before = 5 * TEXT.vocabulary();
    float[] logits = network.logits(text, 1);
    float[] others = network.logits(other, 1);

    assertThat(Arrays.copyOf(others, before))
        .containsExactly(Arrays.copyOf(logits, before), within(1e-6f));
    assertThat(others).isNotEqualTo(logits);
  }
}
