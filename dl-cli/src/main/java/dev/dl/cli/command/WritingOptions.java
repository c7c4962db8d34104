package dev.dl.cli.command;

import dev.dl.models.generation.Sampling;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a language model is to go on after a prompt. */
final class WritingOptions {
  @Option(names = "--prompt", paramLabel = "TEXT", description = "What to go on from.")
  private String prompt;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "240",
      description = "How many tokens to write (default: 240).")
  private int tokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0.8",
      description = "Below 1 likely tokens get likelier; 0 takes the likeliest (default: 0.8).")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "2147483647",
      description = "Draw from the K likeliest tokens (default: from all).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "Draw from the fewest tokens that have the probability P (default: 1).")
  private double topP;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "The same seed writes the same text (default: 0).")
  private long seed;

  /** {@code null} where none is given. */
  String prompt() {
    return prompt;
  }

  int tokens(CommandSpec command) {
    if (tokens < 1) {
      throw new ParameterException(
          command.commandLine(), "--tokens: got " + tokens + ", expected at least 1");
    }
    return tokens;
  }

  Sampling sampling(CommandSpec command) {
    try {
      return new Sampling(temperature, topK, topP, seed);
    } catch (IllegalArgumentException refused) {
      String option =
          refused.getMessage().replaceFirst("^topK", "top-k").replaceFirst("^topP", "top-p");
      throw new ParameterException(command.commandLine(), "--" + option);
    }
  }
}
