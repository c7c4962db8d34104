package dev.dl.core.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.cell.Standardization;
import dev.dl.core.data.table.Finding.Suspicion;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.LabelEncoding;
import dev.dl.core.data.target.QuantityEncoding;
import dev.dl.core.data.target.TargetEncoding;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableAuditTest {
  private static final Standardization SAME = new Standardization(0, 1);
  private static final TablePreprocessing COLUMNS =
      new TablePreprocessing(
          List.of(new NumericColumn("number", SAME, false)),
          List.of(),
          List.of(new CategoricalColumn("name", false, List.of("a", "b", "c"))));
  private static final TargetEncoding CLASSES = new ClassEncoding("y", List.of("p", "q", "r"));
  private static final TargetEncoding QUANTITY = new QuantityEncoding("y", SAME);

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(audit(60, i -> i * 7 % 60, i -> i % 4, CLASSES, i -> i % 3)).isEmpty();
    assertThat(audit(60, i -> i * 7 % 60, i -> i % 4, QUANTITY, i -> i)).isEmpty();
  }

  @Test
  void findsFeaturesThatAreTheSameInEveryRow() {
    assertThat(audit(60, i -> 3, i -> i % 4, CLASSES, i -> i % 3))
        .containsExactly(
            new Finding("number", Suspicion.CONSTANT, "'number' is the same in every row"));
  }

  @Test
  void findsNamesThatEachGoWithOneClass() {
    assertThat(audit(60, i -> i * 7 % 60, i -> i % 4, CLASSES, i -> i % 4 / 2))
        .containsExactly(
            new Finding(
                "name",
                Suspicion.LEAKING,
                "'name' determines 'y' alone: each of its 4 values goes with one of the target; is"
                    + " it known in time?"));
    assertThat(audit(60, i -> i * 7 % 60, i -> i % 4, CLASSES, i -> i == 9 ? 1 : i % 4 / 2))
        .as("but for one row")
        .isEmpty();
    assertThat(audit(19, i -> i * 7 % 19, i -> i % 4, CLASSES, i -> i % 4 / 2))
        .as("of less than five rows each")
        .isEmpty();
  }

  @Test
  void findsNumbersWhoseThresholdsSeparateTheClasses() {
    assertThat(audit(60, i -> 30 - i, i -> i % 4, CLASSES, i -> i / 20))
        .extracting(Finding::feature, Finding::suspicion)
        .hasSize(1)
        .first()
        .hasToString("(\"number\", LEAKING)");
    assertThat(audit(60, i -> 30 - i, i -> i % 4, CLASSES, i -> i == 59 ? 0 : i / 20))
        .as("but for one row")
        .isEmpty();
    assertThat(audit(60, i -> i / 3, i -> i % 4, CLASSES, i -> i / 20))
        .as("with a tie across a threshold")
        .isEmpty();
    assertThat(audit(60, i -> i, i -> i % 4, CLASSES, i -> i < 9 ? 0 : 1))
        .as("with a class of less than ten rows")
        .isEmpty();
  }

  @Test
  void findsNumbersThatAreTheQuantityInOtherUnits() {
    assertThat(audit(60, i -> -i / 7f, i -> i % 4, QUANTITY, i -> i * i % 31))
        .as("another number")
        .isEmpty();
    assertThat(audit(60, i -> 5 - i * i % 31 / 8f, i -> i % 4, QUANTITY, i -> i * i % 31))
        .extracting(Finding::message)
        .containsExactly(
            "'number' determines 'y' alone: their correlation is 1 or -1; is it known in time?");
  }

  @Test
  void looksAtEachLabelByItself() {
    TargetEncoding labels = new LabelEncoding("y", ";", List.of("p", "q"));
    List<float[]> rows = rows(60, i -> i * 7 % 60, i -> i % 4);
    List<float[]> targets = rows(60, i -> i % 3 == 0 ? 1 : 0, i -> i % 4 == 1 ? 1 : 0);

    assertThat(TableAudit.of(COLUMNS, rows, labels, targets))
        .extracting(Finding::message)
        .containsExactly(
            "'name' determines 'q' alone: each of its 4 values goes with one of the target; is it"
                + " known in time?");
  }

  @Test
  void saysNothingOfFewRows() {
    assertThat(audit(1, i -> i, i -> i, CLASSES, i -> i)).isEmpty();
    assertThat(audit(0, i -> i, i -> i, QUANTITY, i -> i)).isEmpty();
  }

  private static List<Finding> audit(
      int count,
      IntFunction<Number> number,
      IntFunction<Number> name,
      TargetEncoding encoding,
      IntFunction<Number> target) {
    List<float[]> targets =
        IntStream.range(0, count)
            .mapToObj(i -> new float[] {target.apply(i).floatValue()})
            .toList();
    return TableAudit.of(COLUMNS, rows(count, number, name), encoding, targets);
  }

  private static List<float[]> rows(
      int count, IntFunction<Number> first, IntFunction<Number> second) {
    return IntStream.range(0, count)
        .mapToObj(i -> new float[] {first.apply(i).floatValue(), second.apply(i).floatValue()})
        .toList();
  }
}
