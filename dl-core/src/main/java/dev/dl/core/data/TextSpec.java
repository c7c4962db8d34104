package dev.dl.core.data;

import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;

/**
 * How texts become tokens.
 *
 * @param column of the texts, in files of rows
 * @param length tokens of a text at most, the rest is cut off; of a language model, tokens that it
 *     sees at once
 * @param tokenizer what cuts them
 */
public record TextSpec(
    @Default("text") String column,
    @Default("256") @Minimum(8) int length,
    @Default("{}") TokenizerSpec tokenizer) {}
