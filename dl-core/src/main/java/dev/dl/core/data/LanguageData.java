package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.text.TextFiles;
import dev.dl.core.data.text.TextParts;
import dev.dl.core.data.text.Tokenizer;
import dev.dl.core.textfile.TextFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Plain text whose every next token is to be told. The end of the training text is held out for
 * validation; the tokens of each split are cut into blocks without a gap.
 *
 * @param places a file or folder of each split; there is always one for training
 * @param base what the path of a tokenizer starts from
 * @param memoryBudget bytes of tokens that may lie in memory
 */
record LanguageData(Map<Split, Path> places, Path base, long memoryBudget) implements SourceData {
  private static final float[] NOTHING = {};

  LanguageData {
    places = new EnumMap<>(places);
  }

  @Override
  public DataSplits prepare(DataSpec spec, Optional<Preprocessing> fitted) {
    try {
      return prepared(spec, fitted);
    } catch (UncheckedIOException e) {
      throw refused(e.getCause());
    } catch (IOException e) {
      throw refused(e);
    }
  }

  @Override
  public Audit audit(DataSpec spec) {
    return LanguageAudit.of(this, spec);
  }

  private static RuntimeException refused(IOException failure) {
    return failure instanceof TextFileException
        ? new DataException(List.of(failure.getMessage()))
        : new UncheckedIOException(failure);
  }

  private DataSplits prepared(DataSpec spec, Optional<Preprocessing> fitted) throws IOException {
    List<String> notices = new ArrayList<>();
    Map<Split, Part> parts = parts(spec, notices);
    Tokenizer tokenizer =
        fitted.isPresent()
            ? ((TextPreprocessing) fitted.get()).tokenizer()
            : Tokenizers.of(spec.text().tokenizer(), base, parts.get(Split.TRAIN).lines(), false);
    TextPreprocessing preprocessing = TextPreprocessing.of(spec.text(), null, tokenizer);
    Map<Split, Dataset<int[]>> datasets = new EnumMap<>(Split.class);
    Map<Split, Samples> samples = new EnumMap<>(Split.class);
    for (Map.Entry<Split, Part> part : parts.entrySet()) {
      Dataset<int[]> blocks =
          blocks(part.getKey(), part.getValue(), tokenizer, preprocessing.length());
      datasets.put(part.getKey(), blocks);
      samples.put(part.getKey(), new BlockSamples(blocks));
    }
    return new DataSplits(
        samples, preprocessing, Fingerprint.of(datasets, preprocessing.classNames()), notices);
  }

  private Map<Split, Part> parts(DataSpec spec, List<String> notices) throws IOException {
    Map<Split, Part> parts = new EnumMap<>(Split.class);
    for (Map.Entry<Split, Path> place : places.entrySet()) {
      TextFiles files = TextFiles.of(place.getValue());
      files.skipped().forEach(line -> notices.add("skipped " + line));
      if (files.files().isEmpty()) {
        throw new DataException(place.getValue(), "no text files", "some that end in .txt");
      }
      parts.put(place.getKey(), new Part(files, 0, Long.MAX_VALUE));
    }
    holdOut(parts, Split.TEST, spec.testFraction());
    holdOut(parts, Split.VALIDATION, spec.validationFraction());
    return parts;
  }

  /** A share of the characters, from the end of the training text. */
  private static void holdOut(Map<Split, Part> parts, Split split, double fraction) {
    if (parts.containsKey(split) || fraction == 0) {
      return;
    }
    Part train = parts.get(Split.TRAIN);
    long characters = 0;
    for (Iterator<String> lines = train.lines(); lines.hasNext(); ) {
      characters += lines.next().length();
    }
    long end = characters - Math.round(characters * fraction);
    parts.put(Split.TRAIN, new Part(train.files, 0, end));
    parts.put(split, new Part(train.files, end, train.end));
  }

  private Dataset<int[]> blocks(Split split, Part part, Tokenizer tokenizer, int length)
      throws IOException {
    try (SampleCollector<int[]> collector =
        new SampleCollector<>(Content.TOKENS, memoryBudget, block -> split.label() + " " + block)) {
      int[] block = new int[length + 1];
      int filled = 0;
      int count = 0;
      for (Iterator<String> lines = part.lines(); lines.hasNext(); ) {
        for (int token : tokenizer.encodePart(lines.next())) {
          block[filled++] = token;
          if (filled == block.length) {
            collector.add(block.clone(), NOTHING);
            count++;
            block[0] = token;
            filled = 1;
          }
        }
      }
      if (count == 0) {
        throw new ConfigException(
            "data.text.length",
            length + " for the " + split.label() + " text of " + filled + " tokens",
            "at most " + Math.max(0, filled - 1),
            "use more text, or shorter blocks");
      }
      return collector.dataset();
    }
  }

  /**
   * A stretch of the characters of files; a line belongs to it where it begins.
   *
   * @param start the first character
   * @param end the character after the last
   */
  private record Part(TextFiles files, long start, long end) {

    Iterator<String> lines() {
      TextParts parts = files.parts();
      return new Iterator<>() {
        private long position;
        private String ahead = advance();

        private String advance() {
          while (parts.hasNext()) {
            String part = parts.next();
            long begins = position;
            position += part.length();
            if (begins >= end) {
              close(parts);
              return null;
            }
            if (begins >= start) {
              return part;
            }
          }
          return null;
        }

        @Override
        public boolean hasNext() {
          return ahead != null;
        }

        @Override
        public String next() {
          if (ahead == null) {
            throw new NoSuchElementException();
          }
          String part = ahead;
          ahead = advance();
          return part;
        }
      };
    }

    private static void close(TextParts parts) {
      try {
        parts.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
