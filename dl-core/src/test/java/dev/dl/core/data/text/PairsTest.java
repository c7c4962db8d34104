package dev.dl.core.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of texts, by Hugging Face's tokenizers in Python: {@code tools/golden/pairs.py}. */
class PairsTest {
  private static final String BERT = "pairs-bert";
  private static final String ROBERTA = "pairs-roberta";

  @TempDir Path directory;

  @Test
  void haveTheIdsAndTypesOfTheReferenceHoweverTheyAreCut() throws Exception {
    assertThat(requireAgreement(BERT, open(BERT))).isEqualTo(114);
    assertThat(requireAgreement(ROBERTA, open(ROBERTA))).isEqualTo(92);
  }

  @Test
  void haveThemByAVocabularyOfBertToo() throws Exception {
    Tokenizer tokenizer = open(BERT);
    String tokens =
        IntStream.range(0, tokenizer.size())
            .mapToObj(tokenizer::token)
            .collect(Collectors.joining("\n"));
    Path list = Files.writeString(directory.resolve("vocab.txt"), tokens);
    assertThat(requireAgreement(BERT, Tokenizer.readVocabulary(list, true))).isEqualTo(114);
  }

  @Test
  void knowHowManyTypesTheirTokensHave() throws Exception {
    assertThat(open(BERT).pairForm().orElseThrow().types()).isEqualTo(2);
    assertThat(open(ROBERTA).pairForm().orElseThrow().types()).isEqualTo(1);
  }

  @Test
  void loseTokensOfTheOtherTextWhereTheReferenceGivesUp() throws Exception {
    int cases = 0;
    for (JsonNode test : cases()) {
      if (test.get("ids").isNull()) {
        TextEncoder encoder = encoder(open(test.get("tokenizer").asText()), test);
        int[] tokens = encoder.encode(test.get("first").asText(), test.get("second").asText());
        assertThat(tokens).as("%s", test).hasSize(test.get("length").asInt());
        assertThat(encoder.truncated()).isEqualTo(1);
        cases++;
      }
    }
    assertThat(cases).isEqualTo(82);
  }

  @Test
  void haveASeparatorBetweenWordsAndCharacters() throws IOException {
    List<String> texts = List.of("b a b", "c b");
    WordTokenizer words = WordTokenizer.fit(texts.iterator(), true, 100, 1).withSeparator();
    int size = words.size();
    TextEncoder encoder = new TextEncoder(words, 8, Truncation.USUAL);
    assertThat(words.token(2)).isEqualTo("<separator>");
    assertThat(encoder.encode("a b", "b d")).containsExactly(4, 3, 2, 3 + size, 1 + size);
    assertThat(encoder.encode("", "")).containsExactly(2);
    assertThat(encoder.encode("a")).containsExactly(4);
    assertThat(words.encode("<separator>")).doesNotContain(2);

    Path file = Files.write(directory.resolve("tokenizer.json"), words.bytes());
    TextEncoder read = new TextEncoder(Tokenizer.read(file), 8, Truncation.USUAL);
    assertThat(read.encode("a b", "b d")).isEqualTo(encoder.encode("a b", "b d"));

    CharacterTokenizer characters = CharacterTokenizer.fit(texts.iterator()).withSeparator();
    assertThat(new TextEncoder(characters, 8, Truncation.USUAL).encode("a", "c"))
        .containsExactly(4, 2, 6 + characters.size());
    assertThat(CharacterTokenizer.fit(texts.iterator()).pairForm()).isEmpty();
  }

  private static Tokenizer open(String name) throws Exception {
    return Tokenizer.read(Path.of(PairsTest.class.getResource("/text/" + name + ".json").toURI()));
  }

  private static List<JsonNode> cases() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    try (InputStream in = PairsTest.class.getResourceAsStream("/text/pairs.json")) {
      new ObjectMapper().readTree(in).forEach(cases::add);
    }
    return cases;
  }

  private static TextEncoder encoder(Tokenizer tokenizer, JsonNode test) {
    String strategy = test.get("strategy").asText().toUpperCase(Locale.ROOT);
    String side = test.get("side").asText().toUpperCase(Locale.ROOT);
    Truncation truncation =
        new Truncation(Truncation.Strategy.valueOf(strategy), Truncation.Side.valueOf(side));
    return new TextEncoder(tokenizer, test.get("length").asInt(), truncation);
  }

  /** The number of cases that the reference has an answer for. */
  private static int requireAgreement(String name, Tokenizer tokenizer) throws IOException {
    int cases = 0;
    for (JsonNode test : cases()) {
      if (test.get("tokenizer").asText().equals(name) && !test.get("ids").isNull()) {
        int[] tokens =
            encoder(tokenizer, test)
                .encode(test.get("first").asText(), test.get("second").asText());
        assertThat(IntStream.of(tokens).map(token -> token % tokenizer.size()))
            .as("ids of %s", test)
            .containsExactlyElementsOf(numbers(test.get("ids")));
        assertThat(IntStream.of(tokens).map(token -> token / tokenizer.size()))
            .as("types of %s", test)
            .containsExactlyElementsOf(numbers(test.get("types")));
        cases++;
      }
    }
    return cases;
  }

  private static List<Integer> numbers(JsonNode list) {
    List<Integer> numbers = new ArrayList<>();
    list.forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }
}
