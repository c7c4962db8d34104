package dev.dl.training;

import dev.dl.core.data.BlockSamples;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.Samples;
import dev.dl.core.data.Split;
import dev.dl.core.data.TextPreprocessing;
import dev.dl.models.generation.Sampling;
import dev.dl.models.generation.TextGenerator;
import dev.dl.models.network.Network;
import java.util.Arrays;
import java.util.Optional;

/** What a language model writes, to be looked at. */
final class Writing {
  private static final int PROMPT = 32;
  private static final int LENGTH = 240;
  private static final double TEMPERATURE = 0.8;

  private Writing() {}

  /**
   * How a language model goes on after the beginning of the validation split, or of the training
   * split; a function of its weights and the seed.
   *
   * @return prompt and continuation; empty for other networks
   */
  static Optional<String> of(DataSplits data, Network network, long seed) {
    Samples samples = data.find(Split.VALIDATION).orElse(data.train());
    if (!(samples instanceof BlockSamples blocks)
        || !(data.preprocessing() instanceof TextPreprocessing texts)) {
      return Optional.empty();
    }
    int[] first = blocks.tokens(0);
    int[] prompt = Arrays.copyOf(first, Math.min(PROMPT, first.length));
    int[] written =
        TextGenerator.of(network).continuation(prompt, LENGTH, Sampling.of(TEMPERATURE, seed));
    return Optional.of(texts.tokenizer().decode(prompt) + " …" + texts.tokenizer().decode(written));
  }
}
