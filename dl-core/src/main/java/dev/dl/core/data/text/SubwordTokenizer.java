package dev.dl.core.data.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import com.fasterxml.jackson.databind.JsonNode;
import dev.dl.core.run.DamagedFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Parts of words as tokens, as a {@code tokenizer.json} by Hugging Face says. Normalization is that
 * of the file; its truncation and padding are not used. What it puts around a text is put there.
 */
public final class SubwordTokenizer implements Tokenizer {
  private static final Map<String, String> WHOLE_TEXTS =
      Map.of("truncation", "false", "padding", "false");
  private static final String EXPECTED = "a tokenizer.json by Hugging Face";

  private final byte[] content;
  private final SubwordVocabulary vocabulary;
  private final HuggingFaceTokenizer library;
  private final int idsBefore;
  private final int idsAfter;
  private final Optional<PairForm> pairForm;

  private SubwordTokenizer(
      byte[] content,
      SubwordVocabulary vocabulary,
      HuggingFaceTokenizer library,
      int idsBefore,
      int idsAfter,
      Optional<PairForm> pairForm) {
    this.content = content;
    this.vocabulary = vocabulary;
    this.library = library;
    this.idsBefore = idsBefore;
    this.idsAfter = idsAfter;
    this.pairForm = pairForm;
  }

  static SubwordTokenizer open(Path file, byte[] content, JsonNode parsed) throws IOException {
    if (parsed.path("model").path("dropout").asDouble() > 0) {
      throw new DamagedFileException(file, "a random tokenizer (dropout)", "none");
    }
    try {
      CharacterMap.check(parsed.path("normalizer"));
      TokenTemplates.check(parsed.path("post_processor"));
      SubwordVocabulary vocabulary = SubwordVocabulary.of(parsed);
      return of(content, vocabulary, library(content));
    } catch (TokenizerLibraryException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new DamagedFileException(file, String.valueOf(e.getMessage()), EXPECTED);
    }
  }

  private static SubwordTokenizer of(
      byte[] content, SubwordVocabulary vocabulary, HuggingFaceTokenizer library) {
    long[] special = library.encode("a", true, false).getSpecialTokenMask();
    int before = (int) LongStream.of(special).takeWhile(mask -> mask == 1).count();
    int after =
        (int)
            IntStream.range(0, special.length - before)
                .takeWhile(i -> special[special.length - 1 - i] == 1)
                .count();
    return new SubwordTokenizer(content, vocabulary, library, before, after, pairForm(library));
  }

  /** Read off a pair of short texts: what is special in it is of neither. */
  private static Optional<PairForm> pairForm(HuggingFaceTokenizer library) {
    int first = library.encode("a", false, false).getIds().length;
    int second = library.encode("b", false, false).getIds().length;
    Encoding pair = library.encode("a", "b", true, false);
    List<PairForm.Token> before = special(pair, 0);
    List<PairForm.Token> between = special(pair, before.size() + first);
    int secondStart = before.size() + first + between.size();
    List<PairForm.Token> after = special(pair, secondStart + second);
    if (first == 0 || second == 0 || secondStart + second + after.size() != pair.getIds().length) {
      return Optional.empty();
    }
    long[] types = pair.getTypeIds();
    return Optional.of(
        new PairForm(
            before,
            between,
            after,
            Math.toIntExact(types[before.size()]),
            Math.toIntExact(types[secondStart])));
  }

  /** The special tokens that follow from a position on. */
  private static List<PairForm.Token> special(Encoding encoding, int start) {
    List<PairForm.Token> tokens = new ArrayList<>();
    long[] special = encoding.getSpecialTokenMask();
    for (int i = start; i < special.length && special[i] == 1; i++) {
      tokens.add(
          new PairForm.Token(
              Math.toIntExact(encoding.getIds()[i]), Math.toIntExact(encoding.getTypeIds()[i])));
    }
    return tokens;
  }

  /** Loads the native library, which by itself would look for graphics cards and call home. */
  private static HuggingFaceTokenizer library(byte[] content) throws IOException {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    try {
      LibUtils.checkStatus();
    } catch (LinkageError | RuntimeException e) {
      throw new TokenizerLibraryException(e);
    }
    return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(content), WHOLE_TEXTS);
  }

  @Override
  public int[] encode(String text) {
    return ids(library.encode(text, true, false));
  }

  @Override
  public int[] encodePart(String text) {
    return ids(library.encode(text, false, false));
  }

  @Override
  public int idsBefore() {
    return idsBefore;
  }

  @Override
  public int idsAfter() {
    return idsAfter;
  }

  @Override
  public Optional<PairForm> pairForm() {
    return pairForm;
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public String token(int id) {
    return vocabulary.token(id);
  }

  /** The text, as the file's decoder puts it together. */
  @Override
  public String decode(int[] ids) {
    return library.decode(IntStream.of(ids).asLongStream().toArray(), true);
  }

  @Override
  public int paddingId() {
    return vocabulary.paddingId();
  }

  @Override
  public OptionalInt unknownId() {
    return vocabulary.unknownId();
  }

  /** Writes the file that was read, byte for byte. */
  @Override
  public byte[] bytes() {
    return content.clone();
  }

  private static int[] ids(Encoding encoding) {
    return LongStream.of(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }
}
