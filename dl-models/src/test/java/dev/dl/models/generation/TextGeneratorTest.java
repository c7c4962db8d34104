package dev.dl.models.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.kernel.Parallel;
import dev.dl.core.kernel.onednn.OneDnnKernels;
import dev.dl.models.graph.Head;
import dev.dl.models.graph.TextInput;
import dev.dl.models.network.Network;
import dev.dl.models.text.Gpt;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TextGeneratorTest {
  private static final int VOCABULARY = 7;
  private static final int[] PROMPT = {2, 5};

  /** Predicts a token one larger, then others as likely as they are large. */
  private static final TextGenerator COUNTING =
      new TextGenerator(
          tokens -> {
            float[] logits = new float[tokens.length * VOCABULARY];
            for (int i = 0; i < tokens.length; i++) {
              for (int token = 0; token < VOCABULARY; token++) {
                logits[i * VOCABULARY + token] = token / 10f;
              }
              logits[i * VOCABULARY + ((int) tokens[i] + 1) % VOCABULARY] = 1;
            }
            return logits;
          },
          16);

  private static Network network() {
    return Network.create(
        Gpt.NANO.define(new TextInput(20, VOCABULARY), Head.classes(VOCABULARY)),
        Head.classes(VOCABULARY).loss(0),
        new OneDnnKernels(Parallel.of(2)),
        3);
  }

  @Test
  void greedilyTakesTheLikeliestToken() {
    assertThat(COUNTING.continuation(PROMPT, 5, Sampling.GREEDY)).containsExactly(6, 0, 1, 2, 3);
  }

  @Test
  void theOneLikeliestOfOneIsTheGreedyChoice() {
    TextGenerator generator = TextGenerator.of(network());
    assertThat(generator.continuation(PROMPT, 30, new Sampling(2, 1, 9)))
        .isEqualTo(generator.continuation(PROMPT, 30, Sampling.GREEDY));
  }

  @Test
  void aSeedDecidesTheText() {
    TextGenerator generator = TextGenerator.of(network());
    int[] text = generator.continuation(PROMPT, 30, new Sampling(1, VOCABULARY, 4));
    assertThat(TextGenerator.of(network()).continuation(PROMPT, 30, new Sampling(1, 100, 4)))
        .isEqualTo(text);
    assertThat(generator.continuation(PROMPT, 30, new Sampling(1, VOCABULARY, 5)))
        .isNotEqualTo(text);
    int[] prompt = {PROMPT[0], PROMPT[1], text[0], text[1]};
    assertThat(generator.continuation(prompt, 28, new Sampling(1, VOCABULARY, 4)))
        .as("a draw depends on its position in the text alone")
        .isEqualTo(Arrays.copyOfRange(text, 2, 30));
  }

  @Test
  void drawsOnlyFromTheLikeliestAndAsOftenAsTheyAreLikely() {
    float[] logits = {0, (float) Math.log(3), -1, (float) Math.log(6), 0.5f};
    int[] drawn = new int[5];
    Sampling sampling = new Sampling(1, 2, 8);
    for (int position = 0; position < 3000; position++) {
      drawn[sampling.draw(logits, position)]++;
    }
    assertThat(drawn[3]).isBetween(1900, 2100);
    assertThat(drawn[1]).isEqualTo(3000 - drawn[3]);
  }

  @Test
  void aLowTemperaturePrefersTheLikeliest() {
    float[] logits = {1, 0};
    long cold = count(new Sampling(0.25, 2, 1), logits);
    long hot = count(new Sampling(4, 2, 1), logits);
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
  void readsNoMoreThanTheNetworkTakes() {
    int[] longest = {0};
    TextGenerator generator =
        new TextGenerator(
            tokens -> {
              longest[0] = Math.max(longest[0], tokens.length);
              return new float[tokens.length * VOCABULARY];
            },
            20);
    assertThat(generator.continuation(new int[50], 3, Sampling.GREEDY)).containsExactly(0, 0, 0);
    assertThat(longest[0]).isEqualTo(20);
  }

  @Test
  void refusesSettingsWithoutMeaning() {
    assertThatThrownBy(() -> new Sampling(-1, 1, 0)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> new Sampling(1, 0, 0)).hasMessageContaining("topK");
    assertThatThrownBy(() -> COUNTING.continuation(new int[0], 1, Sampling.GREEDY))
        .hasMessageContaining("0 tokens");
  }
}
