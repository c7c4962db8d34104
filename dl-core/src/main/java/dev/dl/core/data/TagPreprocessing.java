package dev.dl.core.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.text.Sentence;
import dev.dl.core.data.text.SentenceFile;
import dev.dl.core.data.text.Tokenizer;
import dev.dl.core.data.text.WordTokenizer;
import dev.dl.core.run.DamagedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * From the tokens of a sentence to a network's input. The vocabulary has a file of its own in the
 * run, {@code tokenizer.json}.
 *
 * @param length tokens of an input at most; longer sentences become several
 * @param tags by index
 * @param tokenizer knows the words
 */
public record TagPreprocessing(int length, List<String> tags, @JsonIgnore WordTokenizer tokenizer)
    implements Preprocessing {
  private static final String FILE = "tokenizer.json";

  public TagPreprocessing {
    tags = List.copyOf(tags);
    if (length < 1) {
      throw new IllegalArgumentException("sentences of " + length + " tokens");
    }
  }

  @Override
  public List<String> classNames() {
    return tags;
  }

  @Override
  public Map<String, byte[]> files() {
    return Map.of(FILE, tokenizer.bytes());
  }

  @Override
  public TagPreprocessing completed(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Tokenizer.read(file) instanceof WordTokenizer words) {
      return new TagPreprocessing(length, tags, words);
    }
    throw new DamagedFileException(file, "another tokenizer", "one of words");
  }

  /** Reads the sentences of a file, which need no tags. */
  @Override
  public void read(Path file, Consumer<Item> use) throws IOException {
    SentenceFile read = SentenceFile.read(file, false);
    if (!read.problems().isEmpty()) {
      throw new DataException(read.problems());
    }
    for (Sentence sentence : read.sentences()) {
      for (Sentence part : parts(sentence)) {
        int[] ids = tokenizer.encodeWords(part.tokens());
        float[] values = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
          values[i] = ids[i];
        }
        use.accept(new Item(file + ":" + sentence.line(), values));
      }
    }
  }

  /** A sentence in parts that are short enough. */
  List<Sentence> parts(Sentence sentence) {
    List<Sentence> parts = new ArrayList<>();
    int tokens = sentence.tokens().size();
    for (int from = 0; from < tokens; from += length) {
      parts.add(sentence.part(from, Math.min(from + length, tokens)));
    }
    return parts;
  }

  /** The index of each token's tag. */
  float[] targets(Sentence sentence) {
    float[] targets = new float[sentence.tags().size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = tags.indexOf(sentence.tags().get(i));
    }
    return targets;
  }
}
