package dev.dl.training.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden: SciPy 1.17 on the same numbers, tools/golden/comparison.py. */
class StatisticsTest {
  private static final Offset<Double> EXACT = within(1e-9);

  private static List<JsonNode> golden(String group) {
    try (InputStream stream = StatisticsTest.class.getResourceAsStream("/golden/comparison.json")) {
      JsonNode cases = new ObjectMapper().readTree(stream).required(group);
      assertThat(cases).hasSizeGreaterThan(4);
      return StreamSupport.stream(cases.spliterator(), false).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> pairs() {
    return golden("pairs");
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static double[] differences(JsonNode pairs) {
    return Sample.differences(numbers(pairs.get("first")), numbers(pairs.get("second")));
  }

  private static void assertSame(Interval interval, JsonNode expected, Offset<Double> offset) {
    assertThat(interval.low()).isCloseTo(expected.get(0).asDouble(), offset);
    assertThat(interval.high()).isCloseTo(expected.get(1).asDouble(), offset);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void meanDeviationAndEffectAreSciPys(JsonNode pairs) {
    double[] differences = differences(pairs);

    assertThat(Sample.mean(differences)).isCloseTo(pairs.get("mean").asDouble(), EXACT);
    assertThat(Sample.deviation(differences)).isCloseTo(pairs.get("deviation").asDouble(), EXACT);
    assertThat(EffectSize.hedges(differences).value())
        .isCloseTo(pairs.get("hedges").asDouble(), EXACT);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void studentsTestAndIntervalAreSciPys(JsonNode pairs) {
    double[] differences = differences(pairs);

    assertThat(PairedTest.student(differences).p())
        .isCloseTo(pairs.get("studentP").asDouble(), EXACT);
    assertSame(Intervals.student(differences), pairs.get("student"), EXACT);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void permutationsAreSciPys(JsonNode pairs) {
    assertThat(PairedTest.permutation(differences(pairs)).p())
        .isCloseTo(pairs.get("permutationP").asDouble(), EXACT);
  }

  /** To rounding where all resamples are taken, else as close as random ones come. */
  @ParameterizedTest
  @MethodSource("pairs")
  void bootstrapIsSciPys(JsonNode pairs) {
    double[] differences = differences(pairs);
    double width =
        pairs.get("bootstrap").get(1).asDouble() - pairs.get("bootstrap").get(0).asDouble();
    boolean exact = differences.length <= 5;

    assertSame(
        Intervals.bootstrap(differences),
        pairs.get("bootstrap"),
        exact ? EXACT : within(0.03 * width));
    assertThat(Intervals.bootstrap(differences)).isEqualTo(Intervals.bootstrap(differences));
  }

  @Test
  void mcNemarIsSciPys() {
    for (JsonNode golden : golden("disagreements")) {
      Discordance discordance =
          new Discordance(
              golden.get("samples").asInt(),
              golden.get("onlyFirst").asInt(),
              golden.get("onlySecond").asInt());
      assertThat(discordance.p()).isCloseTo(golden.get("p").asDouble(), EXACT);
      assertSame(discordance.interval(), golden.get("interval"), EXACT);
    }
  }

  @Test
  void correctsAsHolm() {
    for (JsonNode golden : golden("holm")) {
      List<Double> values =
          StreamSupport.stream(golden.get("p").spliterator(), false)
              .map(JsonNode::asDouble)
              .toList();
      assertThat(Holm.corrected(values)).containsExactly(numbers(golden.get("corrected")), EXACT);
    }
  }

  @Test
  void noncentralTIsSciPys() {
    for (JsonNode golden : golden("noncentralT")) {
      assertThat(
              Power.noncentralT(
                  golden.get("t").asDouble(),
                  golden.get("freedom").asDouble(),
                  golden.get("noncentrality").asDouble()))
          .as(golden.toString())
          .isCloseTo(golden.get("probability").asDouble(), EXACT);
    }
  }

  @Test
  void powerIsSciPys() {
    for (JsonNode golden : golden("power")) {
      double effect = golden.get("effect").asDouble();
      double alpha = golden.get("alpha").asDouble();
      int pairs = golden.get("pairs").asInt();
      assertThat(Power.pairsNeeded(effect, alpha)).isEqualTo(pairs);
      assertThat(Power.pairsNeeded(-effect, alpha)).isEqualTo(pairs);
      assertThat(Power.of(effect, pairs, alpha)).isCloseTo(golden.get("power").asDouble(), EXACT);
    }
  }

  @Test
  void tinyEffectsTakeMorePairsThanAreCounted() {
    assertThat(Power.pairsNeeded(1e-4, 0.05)).isEqualTo(100_000);
    assertThat(Power.pairsNeeded(1e6, 0.05)).isEqualTo(2);
  }

  /** With 7 pairs permutations come to 1/64 at the least, with 8 to 1/128. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 8, 20, 21})
  void permutesOnceThatCanTellSomethingAndAsLongAsItIsQuick(int pairs) {
    double[] differences = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      differences[i] = 1 + i % 2;
    }
    String expected = pairs >= 8 && pairs <= 20 ? PairedTest.PERMUTATION : PairedTest.STUDENT;

    assertThat(PairedTest.of(differences, 1).name()).isEqualTo(expected);
  }

  @Test
  void permutesLaterWhereSeveralAreCompared() {
    double[] differences = {1, 2, 3, 4, 5, 6, 7, 8};

    assertThat(PairedTest.of(differences, 2).name()).isEqualTo(PairedTest.STUDENT);
  }

  /** Student's p would be 0: accuracies of few samples can be equal by chance. */
  @Test
  void differencesThatDoNotVaryAreNoCaseForStudent() {
    double[] differences = {0.9 - 0.8, 0.7 - 0.6, 0.4 - 0.3};

    assertThat(PairedTest.of(differences, 1)).isEqualTo(new PairedTest("paired permutation", 0.25));
    assertThat(PairedTest.of(new double[3], 1).p()).isEqualTo(1);
    assertThat(EffectSize.hedges(differences)).isNull();
    assertThat(Intervals.bootstrap(0.5, 0.5, 0.5)).isEqualTo(new Interval(0.5, 0.5, "bootstrap"));
  }
}
