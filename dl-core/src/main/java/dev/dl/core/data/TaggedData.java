package dev.dl.core.data;

import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.text.Sentence;
import dev.dl.core.data.text.SentenceFile;
import dev.dl.core.data.text.WordTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Sentences with tags, held in memory.
 *
 * @param files of each split; there is always one for training
 * @param tags of the training file, in the order of their indices
 * @param notices what the user should know about the data, one line each
 * @param memoryBudget bytes of token ids that may lie in memory
 */
record TaggedData(
    Map<Split, Path> files,
    Map<Split, List<Sentence>> sentences,
    List<String> tags,
    List<String> notices,
    long memoryBudget)
    implements SourceData {

  TaggedData {
    files = new EnumMap<>(files);
    sentences = new EnumMap<>(sentences);
    tags = List.copyOf(tags);
    notices = List.copyOf(notices);
  }

  /**
   * The sentences of files.
   *
   * @throws DataException if a split has none, training has one tag only, or another split has tags
   *     that training lacks
   */
  static TaggedData of(
      Map<Split, Path> names,
      Map<Split, SentenceFile> files,
      List<String> notices,
      long memoryBudget) {
    TreeSet<String> tags = new TreeSet<>();
    Map<Split, List<Sentence>> sentences = new EnumMap<>(Split.class);
    List<String> problems = new ArrayList<>();
    files.forEach(
        (split, file) -> {
          sentences.put(split, file.sentences());
          if (split == Split.TRAIN) {
            file.sentences().forEach(sentence -> tags.addAll(sentence.tags()));
          }
          if (file.sentences().isEmpty()) {
            problems.add(names.get(split) + ": found no sentence, expected some");
          }
        });
    sentences.forEach(
        (split, ofSplit) ->
            ofSplit.forEach(
                sentence -> {
                  TreeSet<String> unknown = new TreeSet<>(sentence.tags());
                  unknown.removeAll(tags);
                  if (!unknown.isEmpty()) {
                    problems.add(
                        "%s:%d: found the tags %s, expected those of training: %s"
                            .formatted(names.get(split), sentence.line(), unknown, tags));
                  }
                }));
    if (problems.isEmpty() && tags.size() < 2) {
      problems.add(
          names.get(Split.TRAIN) + ": found only the tag " + tags + ", expected 2 or more");
    }
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
    return new TaggedData(names, sentences, List.copyOf(tags), notices, memoryBudget);
  }

  @Override
  public DataSplits prepare(DataSpec spec, Optional<Preprocessing> fitted) {
    Map<Split, List<Sentence>> held = held(spec);
    TagPreprocessing preprocessing =
        fitted.map(TagPreprocessing.class::cast).orElseGet(() -> fit(spec, held.get(Split.TRAIN)));
    List<String> told = new ArrayList<>(notices);
    Leakage leakage = new Leakage();
    Map<Split, Dataset<int[]>> datasets = new EnumMap<>(Split.class);
    Map<Split, Samples> samples = new EnumMap<>(Split.class);
    held.forEach(
        (split, whole) -> {
          List<Sentence> parts =
              whole.stream().flatMap(s -> preprocessing.parts(s).stream()).toList();
          if (parts.size() > whole.size()) {
            told.add(
                "%s: sentences of more than %d tokens were taken in parts; see data.text.length"
                    .formatted(split.label(), preprocessing.length()));
          }
          parts.forEach(part -> leakage.add(split, digest(part)));
          Dataset<int[]> dataset = dataset(split, parts, preprocessing);
          datasets.put(split, dataset);
          int[] lengths = parts.stream().mapToInt(part -> part.tokens().size()).toArray();
          samples.put(
              split,
              new TextSamples(
                  dataset,
                  lengths,
                  preprocessing.length(),
                  preprocessing.tokenizer().paddingId(),
                  true));
        });
    if (fitted.isEmpty()) {
      told.addAll(leakage.told(datasets, files.keySet(), spec));
    }
    return new DataSplits(
        samples, preprocessing, Fingerprint.of(datasets, preprocessing.tags()), told);
  }

  @Override
  public Audit audit(DataSpec spec) {
    Map<Split, List<Sentence>> held = held(spec);
    return new TaggedAudit(this, fit(spec, held.get(Split.TRAIN))).look(held);
  }

  /**
   * Where a sentence of a split is found, for messages; what is held out is in the training file.
   */
  String place(Split split, Sentence sentence) {
    return files.getOrDefault(split, files.get(Split.TRAIN)) + ":" + sentence.line();
  }

  /** SHA-256 of the tokens. */
  static byte[] digest(Sentence sentence) {
    String text = String.join(" ", sentence.tokens());
    return Fingerprint.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private Map<Split, List<Sentence>> held(DataSpec spec) {
    Map<Split, List<Sentence>> all = new EnumMap<>(sentences);
    List<Sentence> training = sentences.get(Split.TRAIN);
    HoldOut.of(sentences.keySet(), training.size(), sentence -> 0, 1, spec)
        .forEach(
            (split, numbers) ->
                all.put(split, IntStream.of(numbers).mapToObj(training::get).toList()));
    return all;
  }

  private TagPreprocessing fit(DataSpec spec, List<Sentence> training) {
    TokenizerSpec words = spec.text().tokenizer();
    WordTokenizer tokenizer =
        WordTokenizer.fitToWords(
            training.stream().flatMap(sentence -> sentence.tokens().stream()).iterator(),
            words.lowerCase(),
            words.vocabularySize(),
            words.minimumCount());
    return new TagPreprocessing(spec.text().length(), tags, tokenizer);
  }

  private Dataset<int[]> dataset(
      Split split, List<Sentence> parts, TagPreprocessing preprocessing) {
    try (SampleCollector<int[]> collector =
        new SampleCollector<>(
            Content.TOKENS, memoryBudget, part -> place(split, parts.get((int) part)))) {
      for (Sentence part : parts) {
        collector.add(
            preprocessing.tokenizer().encodeWords(part.tokens()), preprocessing.targets(part));
      }
      return collector.dataset();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
