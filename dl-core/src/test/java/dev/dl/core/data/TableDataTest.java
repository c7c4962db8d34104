package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableDataTest {
  private static final int ROWS = 40;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("train.csv"), rows("size,town,always,label", ROWS));
  }

  @Test
  void infersColumnsAndEncodesRows() throws IOException {
    DataSplits data = open("validationFraction=0");
    RowPreprocessing rows = (RowPreprocessing) data.preprocessing();

    assertThat(rows.features().featureNames()).containsExactly("size", "town");
    assertThat(rows.features().cardinalities()).containsExactly(4);
    assertThat(data.classNames()).containsExactly("no", "yes");
    assertThat(data.notices()).containsExactly("column 'always' is ignored: it is always '7'");
    Batch batch = data.train().batch(new int[] {0, 1});
    assertThat(batch.inputs()).hasSize(4);
    assertThat(batch.targets()).containsExactly(0, 1);
  }

  @Test
  void standardizesByTheTrainingRowsOnly() throws IOException {
    Files.writeString(folder.resolve("val.csv"), "size,town,always,label\n1000000,t0,7,no\n");
    DataSplits data = open("validation=val.csv");

    double mean = 0;
    for (int i = 0; i < ROWS; i++) {
      mean += data.train().batch(new int[] {i}).inputs()[0] / ROWS;
    }
    assertThat(mean).isBetween(-1e-6, 1e-6);
    Batch far = data.find(Split.VALIDATION).orElseThrow().batch(new int[] {0});
    assertThat(far.inputs()[0]).isGreaterThan(1_000);
  }

  @Test
  void theUserSaysWhatAColumnIs() throws IOException {
    DataSplits data = open("validationFraction=0", "table={categorical: [size], ignored: [town]}");
    RowPreprocessing rows = (RowPreprocessing) data.preprocessing();

    assertThat(rows.features().featureNames()).containsExactly("size");
    assertThat(rows.features().numericFeatures()).isZero();
    assertThatThrownBy(() -> open("table={numeric: [wieght]}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("wieght");
  }

  @Test
  void rowsAreNotLeftOut() {
    assertThatThrownBy(() -> open("onBadSample=skip"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.onBadSample: got skip, expected fail for rows");
  }

  @Test
  void aRunMatchesColumnsByNameAndTakesUnknownCategories() throws IOException {
    DataSplits data = open("validationFraction=0");
    Files.write(folder.resolve("p.json"), JsonFile.bytes(data.preprocessing()));
    Preprocessing read = JsonFile.read(folder.resolve("p.json"), Preprocessing.class);
    Files.writeString(folder.resolve("new.csv"), "town,size\nt0,3\nelsewhere,3\n");

    List<Preprocessing.Item> items = new ArrayList<>();
    read.read(folder.resolve("new.csv"), items::add);
    assertThat(read).isEqualTo(data.preprocessing());
    assertThat(items).extracting(item -> item.values()[1]).containsExactly(1f, 0f);
    Files.writeString(folder.resolve("less.csv"), "town\nt0\n");
    assertThatThrownBy(() -> read.read(folder.resolve("less.csv"), items::add))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a column 'size'");
  }

  @Test
  void rowsThatDoNotFitIntoMemoryAreReadFromAFileAsTheyAre() throws IOException {
    DataSpec spec = spec("validationFraction=0.25");
    DataSplits memory = opened(spec, 1 << 20);
    DataSplits spilled = opened(spec, 100);

    assertThat(spilled.fingerprint()).isEqualTo(memory.fingerprint());
    for (int i = 0; i < memory.train().size(); i++) {
      assertThat(spilled.train().batch(new int[] {i}))
          .usingRecursiveComparison()
          .isEqualTo(memory.train().batch(new int[] {i}));
    }
  }

  @Test
  void namesEveryBadCellWithItsPlace() throws IOException {
    Files.writeString(
        folder.resolve("test.csv"), "size,town,always,label\nlarge,t0,7,no\n3,t1,7,\n4,t2,7,no\n");
    assertThatThrownBy(() -> open("test=test.csv"))
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(2)
                    .anyMatch(line -> line.contains("test.csv:2:1 size: found 'large'"))
                    .anyMatch(line -> line.contains("test.csv:3:4 label: found")));
  }

  @Test
  void holdsOutATestSplitThenValidationOfTheRest() throws IOException {
    String shares = "table={categorical: [town]}";
    DataSplits data = open(shares, "testFraction=0.25", "validationFraction=0.2");

    List<String> all = new ArrayList<>();
    data.samples().values().forEach(samples -> all.addAll(names(samples)));
    assertThat(data.samples().values()).extracting(Samples::size).containsExactly(24, 6, 10);
    assertThat(all).hasSize(ROWS).doesNotHaveDuplicates();
    Samples test = data.find(Split.TEST).orElseThrow();
    assertThat(IntStream.range(0, 10).mapToDouble(i -> test.target(i)[0]).sum())
        .as("as many of each class")
        .isEqualTo(5);
    DataSplits again = open(shares, "testFraction=0.25", "validationFraction=0.1");
    assertThat(names(again.find(Split.TEST).orElseThrow())).isEqualTo(names(test));
    DataSplits other = open(shares, "testFraction=0.25", "splitSeed=1");
    assertThat(names(other.find(Split.TEST).orElseThrow())).isNotEqualTo(names(test));
    assertThatThrownBy(() -> open("testFraction=0.001"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.testFraction");
  }

  private static List<String> names(Samples samples) {
    return IntStream.range(0, samples.size()).mapToObj(samples::name).toList();
  }

  private DataSplits opened(DataSpec spec, long memoryBudget) throws IOException {
    DatasetCatalog catalog =
        DatasetCatalog.of(List.of(new TableSource(memoryBudget)), folder.resolve("unused"));
    return DataSplits.open(spec, folder, catalog);
  }

  private DataSplits open(String... settings) throws IOException {
    return DataSplits.open(spec(settings), folder);
  }

  private static DataSpec spec(String... settings) {
    List<String> all = new ArrayList<>(List.of("train=train.csv"));
    all.addAll(List.of(settings));
    return Specs.data("table", all.toArray(String[]::new));
  }

  /** Row i: size i, town i mod 3, always 7, label yes if i is odd. */
  private static String rows(String header, int count) {
    StringBuilder csv = new StringBuilder(header).append('\n');
    for (int i = 0; i < count; i++) {
      csv.append("%d,t%d,7,%s%n".formatted(i, i % 3, i % 2 == 1 ? "yes" : "no"));
    }
    return csv.toString();
  }
}
