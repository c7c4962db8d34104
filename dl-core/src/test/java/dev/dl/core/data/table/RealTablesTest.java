package dev.dl.core.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dl.core.data.cell.RowEncoder;
import dev.dl.core.data.rows.RowFiles;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.QuantityEncoding;
import dev.dl.core.data.target.Target;
import dev.dl.core.data.target.TargetEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tables of thousands of rows, in the folder that the environment names as DL_TEST_DATA. */
class RealTablesTest {

  @Test
  void standardizesThirtySixBandsOfASatellite() throws IOException {
    Path file = file("satellite.csv.gz");
    Encoded encoded = Encoded.of(file, new Target.OneClass("classes"), Map.of());

    assertThat(encoded.preprocessing.numericFeatures()).isEqualTo(36);
    assertThat(encoded.preprocessing.cardinalities()).isEmpty();
    assertThat(encoded.rows).hasSize(6435);
    assertThat(((ClassEncoding) encoded.target).classNames())
        .containsExactly(
            "cotton crop",
            "damp grey soil",
            "grey soil",
            "red soil",
            "vegetation stubble",
            "very damp grey soil");
    for (int feature = 0; feature < 36; feature++) {
      int position = feature;
      double mean = encoded.rows.stream().mapToDouble(row -> row[position]).average().orElseThrow();
      double square =
          encoded.rows.stream()
              .mapToDouble(row -> row[position] * (double) row[position])
              .average()
              .orElseThrow();
      assertThat(mean).isCloseTo(0, within(1e-6));
      assertThat(square).isCloseTo(1, within(1e-5));
    }
    assertThat(encoded.findings()).isEmpty();
  }

  @Test
  void codesStudentsAndLecturersAsCategories() throws IOException {
    Path file = file("insteval.csv.gz");
    Encoded encoded =
        Encoded.of(
            file,
            new Target.Quantity("y"),
            Map.of(
                "s", ColumnKind.CATEGORICAL,
                "d", ColumnKind.CATEGORICAL,
                "dept", ColumnKind.CATEGORICAL));

    assertThat(encoded.preprocessing.featureNames())
        .containsExactly("studage", "lectage", "service", "s", "d", "dept");
    assertThat(encoded.preprocessing.cardinalities()).containsExactly(1 + 2967, 1 + 1128, 1 + 14);
    assertThat(encoded.rows).hasSize(73_421);
    assertThat(encoded.rows.stream().filter(row -> row[3] == 0))
        .as("students who rated once")
        .hasSize(5);
    assertThat(encoded.rows.stream().filter(row -> row[4] == 0 || row[5] == 0)).isEmpty();
    QuantityEncoding rating = (QuantityEncoding) encoded.target;
    assertThat(rating.standardization().mean()).isCloseTo(3.2057, within(1e-4));
    assertThat(rating.standardization().restore(encoded.targets.get(0)[0]))
        .isCloseTo(5, within(1e-6));
    assertThat(encoded.findings()).isEmpty();
  }

  private static Path file(String name) {
    String folder = System.getenv().getOrDefault("DL_TEST_DATA", "");
    Path file = Path.of(folder, name);
    assumeTrue(
        !folder.isEmpty() && Files.exists(file),
        "SKIPPED: no " + name + " in the folder that DL_TEST_DATA names: '" + folder + "'");
    return file;
  }

  private record Encoded(
      TablePreprocessing preprocessing,
      List<float[]> rows,
      TargetEncoding target,
      List<float[]> targets) {

    static Encoded of(Path file, Target target, Map<String, ColumnKind> kinds) throws IOException {
      try (Rows inferred = RowFiles.open(file);
          Rows fitted = RowFiles.open(file);
          Rows known = RowFiles.open(file)) {
        TableSchema schema =
            TableSchema.infer(inferred, target.columns()).withKinds(kinds, "data.columns");
        TablePreprocessing preprocessing =
            TablePreprocessing.fit(fitted, schema, CategoryLimits.DEFAULT);
        TargetEncoding encoding = target.fit(known);
        return new Encoded(
            preprocessing,
            encode(file, preprocessing.encoder(file, inferred.columns())),
            encoding,
            encode(file, encoding.encoder(file, inferred.columns())));
      }
    }

    List<Finding> findings() {
      return TableAudit.of(preprocessing, rows, target, targets);
    }

    private static List<float[]> encode(Path file, RowEncoder encoder) throws IOException {
      List<float[]> encoded = new ArrayList<>();
      try (Rows rows = RowFiles.open(file)) {
        rows.forEachRemaining(row -> encoded.add(encoder.encode(row)));
      }
      return encoded;
    }
  }
}
