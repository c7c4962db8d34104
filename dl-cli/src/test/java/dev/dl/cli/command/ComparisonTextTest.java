package dev.dl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.cli.terminal.Terminal;
import dev.dl.training.comparison.Candidate;
import dev.dl.training.comparison.Candidate.Costs;
import dev.dl.training.comparison.Candidate.Result;
import dev.dl.training.comparison.Candidate.Spread;
import dev.dl.training.comparison.Comparison;
import dev.dl.training.comparison.Difference;
import dev.dl.training.comparison.Difference.Effect;
import dev.dl.training.comparison.Interval;
import dev.dl.training.comparison.Unfairness;
import dev.dl.training.comparison.Unfairness.Side;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTextTest {
  private static Comparison comparison() {
    Spread spread = new Spread(0.61228, 0.01, new Interval(0.5912, 0.6334, "t"), null);
    List<Result> runs = List.of(new Result("a-1", 1, 0.61), new Result("a-2", 2, 0.62));
    Costs costs = new Costs(23_712_932, 4_089_184_256L, 1234.5, 2L << 30, 4000);
    Difference difference =
        new Difference(
            -0.0731,
            new Interval(-0.1242, -0.0220, "t"),
            2,
            "paired permutation",
            0.012,
            0.024,
            new Effect("Hedges g", -1.5),
            true,
            null);
    String name = "resnet50 learningRate=0.1 \u001b[31m";
    return new Comparison(
        "test.accuracy",
        false,
        true,
        "lenet5",
        List.of(
            new Candidate("lenet5", Map.of(), runs, spread, Map.of(), costs, null, "first"),
            new Candidate(name, Map.of(), runs, spread, Map.of(), costs, difference, name)),
        List.of(
            new Unfairness(
                "splits",
                "data.splitSeed",
                List.of(new Side("0", List.of("a")), new Side("1", List.of("b", "c"))))),
        List.of("A note."));
  }

  private static String text(int width) {
    return ComparisonText.of(comparison(), new Terminal(false, width, false, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 120, 200})
  void tablesFitTheTerminal(int width) {
    assertThat(text(width).lines().skip(1).limit(9))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
  }

  @Test
  void tellsUnfairnessFirstAndNoControlCharacters() {
    assertThat(text(80))
        .startsWith("NOT FAIR: splits: data.splitSeed: 0 in a, 1 in b and 1 more\n")
        .contains("61.23%  59.12 to 63.34  baseline")
        .contains("-7.31     -12.42 to -2.20  0.024")
        .contains("23,712,932  4,089,184,256      1,235     2,048  1:06:40")
        .endsWith("\n\nA note.\n")
        .doesNotContain("\u001b");
  }

  @Test
  void writesUnknownsAsEmptyCells() throws IOException {
    assertThat(ComparisonCsv.of(comparison()).lines().skip(1).findFirst())
        .hasValue(
            "lenet5,test.accuracy,2,0.61228,0.01,0.5912,0.6334,t,lenet5,,,,,,,,,,,23712932,"
                + "4089184256,1234.5,2147483648,4000.0,"
                + "\"splits: data.splitSeed: 0 in a, 1 in b and 1 more\"");
  }
}
