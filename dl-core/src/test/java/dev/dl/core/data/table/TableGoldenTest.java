package dev.dl.core.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.cell.TestRows;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with scikit-learn; {@code tools/golden/tables.py} made the cases. */
class TableGoldenTest {
  private static final float TOLERANCE = 1e-6f;

  /** One case; what it does not have is null. */
  record Case(
      String name,
      String kind,
      Integer maximumCategories,
      Integer minimumCount,
      List<String> training,
      List<String> later,
      Integer step,
      List<List<Float>> encoded,
      List<Float> classes) {

    CategoryLimits limits() {
      return maximumCategories == null
          ? CategoryLimits.DEFAULT
          : new CategoryLimits(maximumCategories, minimumCount, List.of());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> columns() {
    return cases("NUMERIC", "CATEGORICAL", "DATE");
  }

  static Stream<Case> targets() {
    return cases("OneClass", "Labels", "Quantity");
  }

  static Stream<Case> tables() {
    return cases("table");
  }

  @Test
  void hasCasesOfEveryKind() {
    assertThat(columns()).hasSize(10);
    assertThat(targets()).hasSize(3);
    assertThat(tables()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void encodesColumns(Case golden) {
    TableSchema schema =
        TableSchema.infer(TestRows.column("x", golden.training()), List.of())
            .withKinds(Map.of("x", ColumnKind.valueOf(golden.kind())), "data.columns");
    TablePreprocessing preprocessing =
        TablePreprocessing.fit(TestRows.column("x", golden.training()), schema, golden.limits());

    compare(
        encode(
            preprocessing.encoder(TestRows.FILE, List.of("x")),
            TestRows.column("x", golden.later())),
        golden.encoded());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void encodesTargets(Case golden) {
    Target target =
        switch (golden.kind()) {
          case "OneClass" -> new Target.OneClass("x");
          case "Labels" -> new Target.Labels("x", ";");
          default -> new Target.Quantity("x");
        };
    RowEncoder encoder =
        target.fit(TestRows.column("x", golden.training())).encoder(TestRows.FILE, List.of("x"));

    compare(encode(encoder, TestRows.column("x", golden.training())), golden.encoded());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void encodesWholeTables(Case golden) {
    List<String> lines = resource(golden.name() + ".csv").lines().toList();
    TableSchema schema = TableSchema.infer(TestRows.of(lines), List.of("class"));
    TablePreprocessing preprocessing =
        TablePreprocessing.fit(TestRows.of(lines), schema, CategoryLimits.DEFAULT);
    RowEncoder classes =
        new Target.OneClass("class")
            .fit(TestRows.of(lines))
            .encoder(TestRows.FILE, TestRows.of(lines).columns());

    compare(
        everyStep(
            encode(
                preprocessing.encoder(TestRows.FILE, TestRows.of(lines).columns()),
                TestRows.of(lines)),
            golden.step()),
        golden.encoded());
    compare(
        everyStep(encode(classes, TestRows.of(lines)), golden.step()),
        golden.classes().stream().map(List::of).toList());
  }

  private static void compare(List<float[]> encoded, List<List<Float>> expected) {
    assertThat(encoded).hasSameSizeAs(expected);
    for (int row = 0; row < expected.size(); row++) {
      List<Float> values = expected.get(row);
      assertThat(encoded.get(row)).hasSize(values.size());
      for (int i = 0; i < values.size(); i++) {
        float tolerance = TOLERANCE * Math.max(1, Math.abs(values.get(i)));
        assertThat(encoded.get(row)[i])
            .as("row %d, number %d", row, i)
            .isCloseTo(values.get(i), within(tolerance));
      }
    }
  }

  private static List<float[]> encode(RowEncoder encoder, Rows rows) {
    List<float[]> encoded = new ArrayList<>();
    rows.forEachRemaining(row -> encoded.add(encoder.encode(row)));
    return encoded;
  }

  private static List<float[]> everyStep(List<float[]> rows, int step) {
    return Stream.iterate(0, i -> i < rows.size(), i -> i + step).map(rows::get).toList();
  }

  private static Stream<Case> cases(String... kinds) {
    try {
      Case[] cases = new JsonMapper().readValue(resource("tables.json"), Case[].class);
      return Stream.of(cases).filter(golden -> List.of(kinds).contains(golden.kind()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = TableGoldenTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
