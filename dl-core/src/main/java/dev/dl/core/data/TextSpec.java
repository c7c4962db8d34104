package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.core.data.text.Truncation;

/**
 * How texts become tokens.
 *
 * @param column of the texts, in files of rows
 * @param secondColumn of the second texts of pairs, in files of rows; {@code null} where samples
 *     are single texts
 * @param length tokens of a text or a pair at most, the rest is cut off; of a language model,
 *     tokens that it sees at once
 * @param truncation which tokens are cut off
 * @param tokenizer what cuts them
 */
public record TextSpec(
    @Default("text") String column,
    @Default("null") String secondColumn,
    @Default("256") @Minimum(8) int length,
    @Default("{}") Truncation truncation,
    @Default("{}") TokenizerSpec tokenizer) {

  public TextSpec {
    if (column.equals(secondColumn)) {
      throw new ConfigException("secondColumn", column, "another column than the first", "");
    }
    if (secondColumn == null && truncation.strategy() != Truncation.Strategy.LONGEST_FIRST) {
      throw new ConfigException(
          "truncation.strategy", "one for pairs", "data.text.secondColumn too", "leave it out");
    }
  }
}
