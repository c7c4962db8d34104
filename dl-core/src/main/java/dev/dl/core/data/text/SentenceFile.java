package dev.dl.core.data.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.textfile.TextFile;
import dev.dl.core.textfile.TextFileException;
import dev.dl.core.textfile.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files of sentences, token by token. In JSON lines, each is an object with lists {@code tokens}
 * and {@code tags}. In others a line has a token first and its tag last, between them whatever
 * white space separates, as in the files of CoNLL; empty lines are between sentences, and {@code
 * -DOCSTART-} lines between documents.
 */
public final class SentenceFile {
  private static final int LONGEST_LINE = 1 << 24;
  private static final Set<String> JSON_LINES = Set.of("jsonl", "ndjson", "json");
  private static final String DOCUMENT = "-DOCSTART-";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final boolean tagged;
  private final List<Sentence> sentences = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private SentenceFile(Path file, boolean tagged) {
    this.file = file;
    this.tagged = tagged;
  }

  /**
   * Reads a file.
   *
   * @param tagged whether each token needs a tag; otherwise tags are not looked at
   */
  public static SentenceFile read(Path file, boolean tagged) throws IOException {
    SentenceFile read = new SentenceFile(file, tagged);
    try (TextLines lines = new TextLines(TextFile.open(file), LONGEST_LINE)) {
      if (JSON_LINES.contains(TextFile.ending(file))) {
        read.readObjects(lines);
      } else {
        read.readColumns(lines);
      }
    } catch (TextFileException e) {
      read.problems.add(e.getMessage());
    }
    return read;
  }

  /** The good sentences in the order of the file. */
  public List<Sentence> sentences() {
    return sentences;
  }

  /** One line for each bad one. */
  public List<String> problems() {
    return problems;
  }

  private void readColumns(TextLines lines) throws IOException {
    List<String> tokens = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    long first = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith(DOCUMENT)) {
        add(first, tokens, tags);
        continue;
      }
      first = tokens.isEmpty() ? lines.number() : first;
      String[] columns = text.split("\\s+", -1);
      if (tagged && columns.length < 2) {
        problem(lines.number(), "the token " + columns[0] + " alone", "a token and its tag");
      }
      tokens.add(columns[0]);
      if (tagged) {
        tags.add(columns[columns.length - 1]);
      }
    }
    add(first, tokens, tags);
  }

  private void readObjects(TextLines lines) throws IOException {
    for (String line = lines.next(); line != null; line = lines.next()) {
      long number = lines.number();
      if (line.isBlank()) {
        continue;
      }
      try {
        JsonNode object = JSON.readTree(line);
        Optional<List<String>> tokens = texts(number, object, "tokens");
        Optional<List<String>> tags =
            tagged ? texts(number, object, "tags") : Optional.of(new ArrayList<>());
        if (tokens.isEmpty() || tags.isEmpty()) {
          continue;
        }
        if (tagged && tokens.get().size() != tags.get().size()) {
          problem(
              number, tags.get().size() + " tags", tokens.get().size() + ", one for each token");
        } else {
          add(number, tokens.get(), tags.get());
        }
      } catch (JsonProcessingException e) {
        problem(
            number, "no JSON (" + e.getOriginalMessage() + ")", "an object with tokens and tags");
      }
    }
  }

  private Optional<List<String>> texts(long line, JsonNode object, String key) {
    JsonNode list = object.path(key);
    List<String> texts = new ArrayList<>();
    list.forEach(
        element -> {
          if (element.isTextual() && !element.asText().isBlank()) {
            texts.add(element.asText());
          }
        });
    if (!list.isArray() || texts.size() < list.size()) {
      String found = list.isMissingNode() ? "no " + key : key + " other than texts";
      problem(line, found, "a list of texts, none of them empty");
      return Optional.empty();
    }
    return Optional.of(texts);
  }

  /** Adds a sentence, if it has any token, and begins the next. */
  private void add(long line, List<String> tokens, List<String> tags) {
    if (!tokens.isEmpty()) {
      sentences.add(new Sentence(line, tokens, tags));
    }
    tokens.clear();
    tags.clear();
  }

  private void problem(long line, String found, String expected) {
    problems.add(file + ":" + line + ": found " + found + ", expected " + expected);
  }
}
