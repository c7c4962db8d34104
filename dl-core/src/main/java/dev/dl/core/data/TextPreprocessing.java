package dev.dl.core.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dl.core.data.target.TargetEncoding;
import dev.dl.core.data.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From a text to a network's input. The tokenizer has a file of its own in the run, {@code
 * tokenizer.json}.
 *
 * @param column of the texts, in files of rows
 * @param length tokens of a text at most
 * @param target what the network is to answer; {@code null} for the next token
 * @param tokenizer cuts texts into tokens
 */
public record TextPreprocessing(
    String column, int length, TargetEncoding target, @JsonIgnore Tokenizer tokenizer)
    implements Preprocessing {
  private static final String FILE = "tokenizer.json";

  /** Names of the classes, or of all tokens. */
  @Override
  public List<String> classNames() {
    return target == null
        ? IntStream.range(0, tokenizer.size()).mapToObj(tokenizer::token).toList()
        : target.names();
  }

  @Override
  public Map<String, byte[]> files() {
    return Map.of(FILE, tokenizer.bytes());
  }

  @Override
  public TextPreprocessing completed(Path folder) throws IOException {
    return new TextPreprocessing(column, length, target, Tokenizer.read(folder.resolve(FILE)));
  }
}
