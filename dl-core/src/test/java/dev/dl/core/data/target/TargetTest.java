package dev.dl.core.data.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dl.core.data.cell.CellException;
import dev.dl.core.data.cell.TestRows;
import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetTest {
  private static final String[] TABLE = {
    "class,labels,spam,ham,price", "b,x;y,1,0,10", "a,y,0,1,20", "b,,0,0,60"
  };

  static List<Target> targets() {
    return List.of(
        new Target.OneClass("class"),
        new Target.Labels("labels", ";"),
        new Target.Indicators(List.of("spam", "ham")),
        new Target.Quantity("price"),
        new Target.Anomaly(List.of("class"), List.of("b", "c")),
        new Target.Match(),
        new Target.Similarity("spam"));
  }

  @Test
  void refusesSimilaritiesThatNoCosineCanHave() {
    TargetEncoding encoding = new Target.Similarity("spam").fit(TestRows.of(TABLE));

    assertThat(encode(encoding, "n,spam", "1,-0.25")).containsExactly(-0.25f);
    assertThatThrownBy(() -> new Target.Similarity("price").fit(TestRows.of(TABLE)))
        .isInstanceOf(CellException.class)
        .hasMessageContaining("found '10', expected a number from -1 to 1");
  }

  @Test
  void sortsClassesNaturally() {
    ClassEncoding encoding =
        (ClassEncoding)
            new Target.OneClass("x")
                .fit(
                    TestRows.column(
                        "x",
                        List.of("class 10", "10", "class 2", "b", "9", "class 2", "a1b", "a")));

    assertThat(encoding.classNames())
        .containsExactly("9", "10", "a", "a1b", "b", "class 2", "class 10");
  }

  @Test
  void tellsTheLineOfAClassThatTrainingDidNotHave() {
    TargetEncoding encoding = new Target.OneClass("class").fit(TestRows.of(TABLE));

    assertThat(encode(encoding, "n,class", "1,a")).containsExactly(0);
    assertThat(encode(encoding, "n,class", "1,b")).containsExactly(1);
    assertThatThrownBy(() -> encode(encoding, "n,class", "1,c"))
        .isInstanceOf(CellException.class)
        .hasMessage("table.csv:2:2 class: found 'c', expected a class of training: a, b");
    assertThatThrownBy(() -> encode(encoding, "n,class", "1,?"))
        .hasMessage("table.csv:2:2 class: found no value, expected a class");
  }

  @Test
  void encodesAnyNumberOfLabelsOfACell() {
    TargetEncoding encoding = new Target.Labels("labels", ";").fit(TestRows.of(TABLE));

    assertThat(encoding.names()).containsExactly("x", "y");
    assertThat(encode(encoding, "labels", "y; x")).containsExactly(1, 1);
    assertThat(encode(encoding, "labels", "")).containsExactly(0, 0);
    assertThatThrownBy(() -> encode(encoding, "labels", "x;z"))
        .hasMessage(
            "table.csv:2:1 labels: found 'x;z', expected labels of training, but not 'z': x, y");
  }

  @Test
  void encodesColumnsOfZerosAndOnes() {
    TargetEncoding encoding = new Target.Indicators(List.of("spam", "ham")).fit(TestRows.of(TABLE));

    assertThat(encode(encoding, "ham,spam", "0,1.0")).containsExactly(1, 0);
    assertThatThrownBy(() -> encode(encoding, "ham,spam", "yes,2"))
        .hasMessage(
            "table.csv:2:2 spam: found '2', expected 0 or 1\n"
                + "table.csv:2:1 ham: found 'yes', expected 0 or 1");
  }

  @Test
  void standardizesQuantitiesAndRestoresThem() {
    QuantityEncoding encoding =
        (QuantityEncoding) new Target.Quantity("price").fit(TestRows.of(TABLE));

    float encoded = encode(encoding, "price", "60")[0];
    assertThat(encoded).isCloseTo((float) (30 / Math.sqrt(1400 / 3.0)), within(1e-6f));
    assertThat(encoding.standardization().restore(encoded)).isCloseTo(60, within(1e-5));
    assertThatThrownBy(() -> encode(encoding, "price", "NA"))
        .hasMessage("table.csv:2:1 price: found no value, expected a number");
  }

  @Test
  void knowsOfAnomaliesWhatIsSaidOfThem() {
    TargetEncoding encoding =
        new Target.Anomaly(List.of("class"), List.of("b", "c")).fit(TestRows.of(TABLE));
    TargetEncoding silent = new Target.Anomaly(List.of(), List.of("b")).fit(TestRows.of(TABLE));

    assertThat(encode(encoding, "n,class", "1,c")).containsExactly(1);
    assertThat(encode(encoding, "n,class", "1,a")).containsExactly(0);
    assertThat(encode(encoding, "n,class", "1,?")).containsExactly(AnomalyEncoding.UNKNOWN);
    assertThat(encode(silent, "n,class", "1,b")).containsExactly(AnomalyEncoding.UNKNOWN);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void refusesToLearnFromNoRows(Target target) {
    assertThatThrownBy(() -> target.fit(TestRows.of(TABLE[0])))
        .hasMessage("table.csv: found no rows, expected some");
  }

  /** That texts match is told by no column. */
  static Stream<Target> targetsOfColumns() {
    return targets().stream().filter(target -> !target.equals(new Target.Match()));
  }

  @ParameterizedTest
  @MethodSource("targetsOfColumns")
  void refusesTrainingRowsWithoutATarget(Target target) {
    assertThatThrownBy(() -> target.fit(TestRows.of("n", "1")))
        .isInstanceOf(CellException.class)
        .hasMessageStartingWith("table.csv: found columns n, expected a column '");
  }

  @Test
  void tellsEveryWrongCellOfTheTrainingRows() {
    assertThatThrownBy(
            () -> new Target.Quantity("x").fit(TestRows.column("x", List.of("1", "a", "", "inf"))))
        .hasMessage(
            "table.csv:3:1 x: found 'a', expected a number\n"
                + "table.csv:4:1 x: found no value, expected a number\n"
                + "table.csv:5:1 x: found 'inf', expected a finite number, of at most 1e100");
    assertThatThrownBy(
            () -> new Target.OneClass("x").fit(TestRows.column("x", List.of("a", "b".repeat(300)))))
        .hasMessageEndingWith("expected a name of at most 256 characters");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void travelsInTheRunToTheIdenticalValue(Target target, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("target.json");
    TargetEncoding encoding = target.fit(TestRows.of(TABLE));

    Files.write(file, JsonFile.bytes(encoding));

    assertThat(JsonFile.read(file, TargetEncoding.class)).isEqualTo(encoding);
  }

  private static float[] encode(TargetEncoding encoding, String header, String line) {
    TestRows rows = TestRows.of(header, line);
    return encoding.encoder(rows.file(), rows.columns()).encode(rows.next());
  }
}
