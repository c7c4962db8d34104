package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on samples that are in another split too. */
class LeakageTest {
  @TempDir Path folder;

  @Test
  void refusesPicturesThatAreInTwoSplitsOfTheUsers() throws IOException {
    for (int i = 0; i < 4; i++) {
      TestPictures.write(folder.resolve("train/" + "ab".charAt(i % 2) + "/" + i + ".png"), i);
      TestPictures.write(folder.resolve("val/" + "ab".charAt(i % 2) + "/" + i + ".png"), 9 - i);
    }
    TestPictures.write(folder.resolve("test/a/other.png"), 100);
    TestPictures.write(folder.resolve("test/a/twin.png"), 3);
    TestPictures.write(folder.resolve("val/b/twin.png"), 2);

    assertThatThrownBy(() -> open("image-folder", "path=."))
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        refusal("1 of 5 validation", "val/b/twin.png", "train/a/2.png"),
                        refusal("1 of 2 test", "test/a/twin.png", "train/b/3.png")));
    assertThat(open("image-folder", "path=.", "allowLeakage=true").notices())
        .filteredOn(line -> line.endsWith("what is measured on them is remembered"))
        .hasSize(2);
  }

  @Test
  void refusesTextsThatAreInTwoFiles() throws IOException {
    write("train.csv", "text,label", "good tea,a", "bad tea,b", "good cup,a", ",b");
    write("test.csv", "text,label", "unheard words,a", "bad tea,a", ",b", "other words,b");

    assertThatThrownBy(() -> openFiles("text"))
        .isInstanceOf(DataException.class)
        .hasMessage(refusal("1 of 4 test", "test.csv:3", "train.csv:3"));
    assertThat(openFiles("text", "allowLeakage=true").notices())
        .anyMatch(line -> line.startsWith("1 of 4 test samples among those of train"));
  }

  @Test
  void takesTextsThatAreOnlyEncodedAlikeForDifferentOnes() throws IOException {
    write("train.csv", "text,label", "one more,a", "two more,b", "three more,a");
    write("test.csv", "text,label", "four more,a", "five more,b");

    DataSplits data = openFiles("text", "text.tokenizer.minimumCount=2");

    assertThat(data.find(Split.TEST).orElseThrow().digest(0)).isEqualTo(data.train().digest(0));
    assertThat(data.notices()).isEmpty();
  }

  @Test
  void refusesRowsThatAreInTwoFilesWhateverTheirOrderOfColumns() throws IOException {
    write("train.csv", "size,colour,label", "1,red,a", "2,red,b", "3,blue,a", "4,blue,b");
    write("test.csv", "colour,label,size", "red,a,9", "blue,a,4");

    assertThatThrownBy(() -> openFiles("table"))
        .isInstanceOf(DataException.class)
        .hasMessage(refusal("1 of 2 test", "test.csv:3", "train.csv:5"));
  }

  @Test
  void tellsWhatIsHeldOutOfRepeatedSamplesAndGoesOn() throws IOException {
    List<String> rows = new ArrayList<>(List.of("text,label"));
    IntStream.range(0, 20).forEach(i -> rows.add("text " + i / 2 + "," + "ab".charAt(i / 2 % 2)));
    write("train.csv", rows.toArray(String[]::new));

    assertThat(open("text", "train=train.csv", "validationFraction=0.2").notices())
        .anyMatch(line -> line.contains(" of 4 validation samples among those of train ("));
  }

  @Test
  void namesThreePairsAndCountsTheOthers() throws IOException {
    List<String> rows = new ArrayList<>(List.of("text,label"));
    IntStream.range(0, 8).forEach(i -> rows.add("text " + i + "," + "ab".charAt(i % 2)));
    write("train.csv", rows.toArray(String[]::new));
    write("test.csv", rows.toArray(String[]::new));

    assertThatThrownBy(() -> openFiles("text"))
        .hasMessageContaining("8 of 8 test samples")
        .hasMessageContaining("test.csv:4 is " + folder.resolve("train.csv") + ":4, …)")
        .hasMessageNotContaining("test.csv:5");
  }

  @Test
  void publicDatasetsMayLeakAsTheyDoForEverybody() throws IOException {
    Path cache = Files.createDirectories(folder.resolve("cache/fashion-mnist"));
    IdxFixture.folder(cache, 9, 0, 0);
    Files.write(cache.resolve("t10k-images-idx3-ubyte"), IdxFixture.images(1));
    Files.write(cache.resolve("t10k-labels-idx1-ubyte"), IdxFixture.labels(9));
    DatasetCatalog catalog =
        DatasetCatalog.of(
            List.of(PublicDatasets.fashionMnist(List.of()), new IdxFolder()),
            folder.resolve("cache"));

    DataSpec byName = Specs.data("fashion-mnist", "validationFraction=0");
    assertThat(DataSplits.open(byName, folder, catalog).notices())
        .singleElement()
        .asString()
        .startsWith("1 of 1 test samples among those of train (test 0 is train 0)");
    DataSpec files = Specs.data("idx", "path=cache/fashion-mnist", "validationFraction=0");
    assertThatThrownBy(() -> DataSplits.open(files, folder, catalog))
        .isInstanceOf(DataException.class);
  }

  private String refusal(String count, String held, String train) {
    return "data: found %s samples among those of train (%s is %s), expected each in one split;"
            .formatted(count, folder.resolve(held), folder.resolve(train))
        + " remove them (data check lists all), or set data.allowLeakage=true";
  }

  private DataSplits openFiles(String source, String... settings) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("train=train.csv", "test=test.csv", "validationFraction=0"));
    all.addAll(List.of(settings));
    return open(source, all.toArray(String[]::new));
  }

  private DataSplits open(String source, String... settings) throws IOException {
    return DataSplits.open(Specs.data(source, settings), folder);
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), List.of(lines));
  }
}
