package dev.dl.models.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.kernel.Kernels;
import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.TestKernels;
import dev.dl.models.graph.Architecture;
import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.Node;
import dev.dl.models.graph.TextInput;
import dev.dl.models.layer.Dense;
import dev.dl.models.layer.Embedding;
import dev.dl.models.layer.Past;
import dev.dl.models.layer.QueryKeyValue;
import dev.dl.models.layer.Recurrent;
import dev.dl.models.layer.SelfAttention;
import dev.dl.models.layer.SinusoidalPositions;
import dev.dl.models.network.Network;
import dev.dl.models.text.Gpt;
import dev.dl.models.text.LstmLanguageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

final class TextGeneratorTest {
  private static final int VOCABULARY = 7;
  private static final int[] PROMPT = {2, 5};

  /** Predicts a token one larger, then others as likely as they are large. */
  private static final TextGenerator COUNTING =
      new TextGenerator(
          () ->
              (text, start, end) -> {
                float[] logits = new float[VOCABULARY];
                for (int token = 0; token < VOCABULARY; token++) {
                  logits[token] = token / 10f;
                }
                logits[(text[end - 1] + 1) % VOCABULARY] = 1;
                return logits;
              },
          16);

  private static Network network() {
    return Network.create(
        Gpt.NANO.define(new TextInput(20, VOCABULARY), Head.classes(VOCABULARY)),
        Head.classes(VOCABULARY).loss(0),
        TestKernels.create(),
        3);
  }

  @Test
  void greedilyTakesTheLikeliestToken() {
    assertThat(COUNTING.continuation(PROMPT, 5, Sampling.GREEDY)).containsExactly(6, 0, 1, 2, 3);
  }

  @Test
  void theOneLikeliestOfOneIsTheGreedyChoice() {
    TextGenerator generator = TextGenerator.of(network());
    assertThat(generator.continuation(PROMPT, 30, new Sampling(2, 1, 1, 9)))
        .isEqualTo(generator.continuation(PROMPT, 30, Sampling.GREEDY));
  }

  @Test
  void aSeedDecidesTheText() {
    TextGenerator generator = TextGenerator.of(network());
    int[] text = generator.continuation(PROMPT, 30, new Sampling(1, VOCABULARY, 1, 4));
    assertThat(TextGenerator.of(network()).continuation(PROMPT, 30, new Sampling(1, 100, 1, 4)))
        .isEqualTo(text);
    assertThat(generator.continuation(PROMPT, 30, new Sampling(1, VOCABULARY, 1, 5)))
        .isNotEqualTo(text);
    int[] prompt = {PROMPT[0], PROMPT[1], text[0], text[1]};
    assertThat(generator.continuation(prompt, 28, new Sampling(1, VOCABULARY, 1, 4)))
        .as("a draw depends on its position in the text alone")
        .isEqualTo(Arrays.copyOfRange(text, 2, 30));
  }

  @Test
  void drawsOnlyFromTheLikeliestAndAsOftenAsTheyAreLikely() {
    float[] logits = {0, (float) Math.log(3), -1, (float) Math.log(6), 0.5f};
    int[] drawn = new int[5];
    Sampling sampling = new Sampling(1, 2, 1, 8);
    for (int position = 0; position < 3000; position++) {
      drawn[sampling.draw(logits, position)]++;
    }
    assertThat(drawn[3]).isBetween(1900, 2100);
    assertThat(drawn[1]).isEqualTo(3000 - drawn[3]);
  }

  @Test
  void aLowTemperaturePrefersTheLikeliest() {
    float[] logits = {1, 0};
    long cold = count(new Sampling(0.25, 2, 1, 1), logits);
    long hot = count(new Sampling(4, 2, 1, 1), logits);
    // 1 / (1 + exp(-4)) and 1 / (1 + exp(-1/4)) of 3000
    assertThat(cold).isBetween(2900L, 2980L);
    assertThat(hot).isBetween(1590L, 1780L);
  }

  private static long count(Sampling sampling, float[] logits) {
    long first = 0;
    for (int position = 0; position < 3000; position++) {
      first += sampling.draw(logits, position) == 0 ? 1 : 0;
    }
    return first;
  }

  @Test
  void readsNoMoreThanTheNetworkTakesAndMovesOnByHalfOfIt() {
    List<List<Integer>> read = new ArrayList<>();
    TextGenerator generator =
        new TextGenerator(
            () ->
                (text, start, end) -> {
                  read.add(List.of(start, end));
                  return new float[VOCABULARY];
                },
            4);
    assertThat(generator.continuation(new int[3], 6, Sampling.GREEDY)).containsOnly(0);
    assertThat(read)
        .containsExactly(
            List.of(0, 3),
            List.of(0, 4),
            List.of(2, 5),
            List.of(2, 6),
            List.of(4, 7),
            List.of(4, 8));
  }

  static Stream<Arguments> languageModels() {
    return Stream.of(
            new Gpt(2, 24, 3, 20, 0.1), new LstmLanguageModel(6, 9, 2, 0.1), gru(), sinusoidal())
        .flatMap(
            architecture ->
                Stream.of(new OneDnnKernels(Parallel.onOpenMp(2)), new Nd4jKernels(DataType.DOUBLE))
                    .map(kernels -> Arguments.of(architecture, kernels)));
  }

  private static Architecture gru() {
    return (input, head) ->
        Graph.of(
            Node.input(input.shape())
                .then("embedding", Embedding.of(VOCABULARY, 6))
                .then("gru", Recurrent.gru(8))
                .then("head", Dense.linear(VOCABULARY)));
  }

  private static Architecture sinusoidal() {
    return (input, head) -> {
      Node x =
          Node.input(input.shape())
              .then("embedding", Embedding.of(VOCABULARY, 8))
              .then("positions", new SinusoidalPositions())
              .then("attention.self", new QueryKeyValue())
              .then("attention", new SelfAttention(2, true, 0.1));
      return Graph.of(x.then("head", Dense.linear(VOCABULARY)));
    };
  }

  private static Network network(Architecture architecture, Kernels kernels) {
    Head head = Head.classes(VOCABULARY);
    return Network.create(
        architecture.define(new TextInput(20, VOCABULARY), head), head.loss(0), kernels, 3);
  }

  @ParameterizedTest
  @MethodSource("languageModels")
  void readsATextPartByPartAsItReadsItWhole(Architecture architecture, Kernels kernels) {
    Network network = network(architecture, kernels);
    float[] text = new float[20];
    for (int i = 0; i < text.length; i++) {
      text[i] = i * i % VOCABULARY;
    }
    float[] whole = network.logits(text, 1);
    Past past = new Past();
    int read = 0;
    for (int part : new int[] {3, 1, 1, 7, 1, 2, 5}) {
      float[] logits = network.logits(Arrays.copyOfRange(text, read, read + part), past);
      assertThat(logits)
          .containsExactly(
              Arrays.copyOfRange(whole, read * VOCABULARY, (read + part) * VOCABULARY),
              within(1e-5f));
      read += part;
      assertThat(past.length()).isEqualTo(read);
    }
    assertThatThrownBy(() -> network.logits(new float[1], past))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 tokens after 20");
  }

  /** The text is three times as long as what the networks take. */
  @ParameterizedTest
  @MethodSource("languageModels")
  void writesTheSameWithWhatItRemembersAsWithoutTokenByToken(
      Architecture architecture, Kernels kernels) {
    Network network = network(architecture, kernels);
    network.parameters().muli(3);
    assertThat(network.readsInParts()).isTrue();
    int seeds = kernels instanceof OneDnnKernels ? 3 : 1; // the reference is slow
    for (long seed = 0; seed < seeds; seed++) {
      Sampling sampling = new Sampling(0.9, 6, 0.95, seed);
      int[] written = TextGenerator.of(network).continuation(PROMPT, 60, sampling);
      assertThat(written)
          .isEqualTo(TextGenerator.rereading(network).continuation(PROMPT, 60, sampling));
      assertThat(Arrays.stream(written).distinct().count()).isGreaterThan(2);
    }
  }

  @Test
  void aNetworkThatLooksAheadDoesNotReadInParts() {
    Architecture bidirectional =
        (input, head) ->
            Graph.of(
                Node.input(input.shape())
                    .then("embedding", Embedding.of(VOCABULARY, 6))
                    .then("lstm", Recurrent.lstm(8).inBothDirections())
                    .then("head", Dense.linear(VOCABULARY)));
    Network network = network(bidirectional, TestKernels.create());
    assertThat(network.readsInParts()).isFalse();
    assertThat(TextGenerator.of(network).continuation(PROMPT, 3, Sampling.GREEDY)).hasSize(3);
  }

  @Test
  void theNucleusIsTheFewestTokensThatHaveTheProbability() {
    float[] logits = {(float) Math.log(0.1), (float) Math.log(0.5), (float) Math.log(0.4)};
    assertThat(drawn(logits, 0.95)).containsExactly(0, 1, 2);
    assertThat(drawn(logits, 0.85)).containsExactly(1, 2);
    assertThat(drawn(logits, 0.45)).containsExactly(1);
    assertThat(drawn(logits, 1e-9)).containsExactly(1);
  }

  private static List<Integer> drawn(float[] logits, double topP) {
    return IntStream.range(0, 500)
        .map(position -> new Sampling(1, 5, topP, 2).draw(logits, position))
        .distinct()
        .sorted()
        .boxed()
        .toList();
  }

  @Test
  void refusesSettingsWithoutMeaning() {
    assertThatThrownBy(() -> new Sampling(-1, 1, 1, 0)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> new Sampling(1, 0, 1, 0)).hasMessageContaining("topK");
    assertThatThrownBy(() -> new Sampling(1, 1, 1.5, 0)).hasMessageContaining("topP");
    assertThatThrownBy(() -> COUNTING.continuation(new int[0], 1, Sampling.GREEDY))
        .hasMessageContaining("0 tokens");
  }
}
