package dev.dl.core.data.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearTextsTest {
  @Test
  void takesNoAccountOfCaseAndPunctuation() {
    assertThat(Shingles.of("It's GOOD, very good!"))
        .hasSize(3)
        .containsExactly(Shingles.of("it s good ... very\ngood"));
    assertThat(Shingles.of("good very good it s")).hasSize(3).isNotEqualTo(Shingles.of("good it"));
    assertThat(Shingles.of("  ?! ")).isEmpty();
    assertThat(Shingles.of("one")).hasSize(1).isNotEqualTo(Shingles.of("two"));
    assertThat(Shingles.of("机器学习")).hasSize(2);
  }

  @Test
  void measuresJaccardsSimilarity() {
    int[] one = {1, 2, 3, 4};
    assertThat(NearTexts.similarity(one, new int[] {2, 3, 5})).isCloseTo(0.4, within(1e-12));
    assertThat(NearTexts.similarity(one, one)).isEqualTo(1);
    assertThat(NearTexts.similarity(one, new int[] {7})).isZero();
  }

  /** Texts of 60 words, each like one of the first forty but for some words. */
  @Test
  void joinsWhatComparingEachWithEachJoins() {
    List<int[]> shingles = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int text = i;
      shingles.add(
          Shingles.of(
              IntStream.range(0, 60)
                  .mapToObj(word -> word(text, word))
                  .collect(Collectors.joining(" "))));
    }
    Groups groups = new Groups(shingles.size());
    Groups expected = new Groups(shingles.size());
    int[] numbers = IntStream.range(0, shingles.size()).toArray();
    new NearTexts(shingles).join(numbers, groups);
    for (int i = 0; i < numbers.length; i++) {
      for (int j = 0; j < i; j++) {
        if (NearTexts.similarity(shingles.get(i), shingles.get(j)) >= NearTexts.SIMILARITY) {
          expected.join(i, j);
        }
      }
    }
    assertThat(groups.ofSeveral().stream().map(Arrays::toString))
        .hasSizeBetween(20, 60)
        .containsExactlyElementsOf(expected.ofSeveral().stream().map(Arrays::toString).toList());
  }

  private static String word(int text, int word) {
    int original = text % 40;
    boolean changed = CounterRandom.uniform(3, text, word) < text / 40 * 0.02;
    return "w" + CounterRandom.uniform(changed ? text : 1, original + 100, word, 5_000);
  }
}
