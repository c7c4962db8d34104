package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.target.LabelEncoding;
import dev.dl.core.data.target.QuantityEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageListTest {
  @TempDir Path folder;

  @BeforeEach
  void writePictures() throws IOException {
    for (int i = 1; i <= 4; i++) {
      TestPictures.write(folder.resolve("pictures/deep/" + i + ".png"), i * 0x0a0000);
    }
  }

  @Test
  void readsPathsFromTheFolderOfTheList() throws IOException {
    list("path,label\ndeep/1.png,dog\ndeep/2.png,cat\n./deep/../deep/3.png,dog\ndeep/4.png,cat\n");
    DataSplits data = open();

    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.train().target(0)).containsExactly(1);
    assertThat(data.train().target(3)).containsExactly(0);
    for (int i = 0; i < 4; i++) {
      assertThat(red(data, i)).isEqualTo((i + 1) * 10);
    }
  }

  @Test
  void readsOtherColumnsAndJsonLines() throws IOException {
    Files.writeString(
        folder.resolve("list.jsonl"),
        "{\"file\": \"pictures/deep/2.png\", \"kind\": \"b\"}\n"
            + "{\"kind\": \"a\", \"file\": \""
            + folder.resolve("pictures/deep/1.png").toString().replace("\\", "\\\\")
            + "\"}\n");
    DataSplits data =
        open(
            "train=list.jsonl",
            "image.column=file",
            "target.column=kind",
            "test=list.jsonl",
            "allowLeakage=true");

    assertThat(data.classNames()).containsExactly("a", "b");
    assertThat(red(data, 0)).isEqualTo(20);
    assertThat(data.samples()).containsOnlyKeys(Split.TRAIN, Split.TEST);
  }

  @Test
  void takesSeveralLabelsOrANumber() throws IOException {
    list("path,label,weight\ndeep/1.png,wet|old,1\ndeep/2.png,,2\ndeep/3.png,old,3\n");
    DataSplits labels = open("train=pictures/list.csv", "target.kind=labels");

    assertThat(Specs.images(labels).target()).isInstanceOf(LabelEncoding.class);
    assertThat(labels.train().target(0)).containsExactly(1, 1);
    assertThat(labels.train().target(1)).containsExactly(0, 0);
    assertThat(labels.train().batch(new int[] {2, 0}).targets()).containsExactly(1, 0, 1, 1);

    DataSplits weights =
        open("train=pictures/list.csv", "target.kind=quantity", "target.column=weight");
    assertThat(Specs.images(weights).target()).isInstanceOf(QuantityEncoding.class);
    assertThat(weights.train().target(1)[0]).isZero();
  }

  @Test
  void holdsOutOfPicturesWithoutClasses() throws IOException {
    list("path,label\ndeep/1.png,1\ndeep/2.png,2\ndeep/3.png,3\ndeep/4.png,4\n");
    DataSplits data =
        open("train=pictures/list.csv", "target.kind=quantity", "validationFraction=0.25");

    assertThat(data.train().size()).isEqualTo(3);
    assertThat(data.find(Split.VALIDATION)).hasValueSatisfying(s -> assertThat(s.size()).isOne());
  }

  @Test
  void refusesToMixWhatIsNoClass() throws IOException {
    list("path,label\ndeep/1.png,1\ndeep/2.png,2\n");

    assertThatThrownBy(
            () -> open("train=pictures/list.csv", "target.kind=quantity", "augmentation.mixup=0.2"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.augmentation");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void namesEveryMissingFileWithItsLine() throws Exception {
    Process pipe =
        new ProcessBuilder("mkfifo", folder.resolve("pictures/pipe.png").toString()).start();
    assertThat(pipe.waitFor(10, TimeUnit.SECONDS)).isTrue();
    list(
        "label,path\na,deep/1.png\nb,gone.png\na,\nb,/dev/zero\na,pipe.png\nb,deep\nb,deep/2.png\n");

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(5)
                    .anyMatch(line -> line.contains("list.csv:3:2: found no such file: "))
                    .anyMatch(line -> line.contains("list.csv:4:2: found nothing"))
                    .anyMatch(line -> line.contains("list.csv:5:2: found a folder, pipe or device"))
                    .anyMatch(line -> line.contains("list.csv:6:2: found a folder, pipe or device"))
                    .anyMatch(
                        line -> line.contains("list.csv:7:2: found a folder, pipe or device")));

    DataSplits skipped = open("train=pictures/list.csv", "onBadSample=skip");
    assertThat(skipped.train().size()).isEqualTo(2);
    assertThat(skipped.notices()).hasSize(5).allMatch(line -> line.startsWith("skipped "));
  }

  @Test
  void namesEveryDamagedPicture() throws IOException {
    Files.writeString(folder.resolve("pictures/page.png"), "<html>");
    Files.createFile(folder.resolve("pictures/empty.png"));
    list("path,label\ndeep/1.png,a\npage.png,b\nempty.png,b\ndeep/2.png,b\n");

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(DataException.class, e -> assertThat(e.problems()).hasSize(2));
    DataSplits skipped = open("train=pictures/list.csv", "onBadSample=skip");
    assertThat(skipped.train().size()).isEqualTo(2);
    assertThat(skipped.train().target(1)).containsExactly(1);
    assertThat(red(skipped, 1)).isEqualTo(20);
  }

  @Test
  void refusesOneClassMissingColumnsAndUnknownClasses() throws IOException {
    list("path,label\ndeep/1.png,a\ndeep/2.png,a\n");
    assertThatThrownBy(this::open).hasMessageContaining("only the class a");
    list("file,label\ndeep/1.png,a\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a column 'path' too");
    list("path,label\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no rows");
    list("path,label\ndeep/1.png,a\ndeep/2.png,b\n");
    Files.writeString(folder.resolve("pictures/test.csv"), "path,label\ndeep/3.png,c\n");
    assertThatThrownBy(() -> open("train=pictures/list.csv", "test=pictures/test.csv"))
        .hasMessageContaining("test.csv:2:2 label: found 'c'");
    assertThatThrownBy(() -> open("train=pictures")).hasMessageContaining("image-folder");
    assertThatThrownBy(() -> open("train=nowhere.csv")).isInstanceOf(DataMissingException.class);
  }

  private void list(String content) throws IOException {
    Files.writeString(folder.resolve("pictures/list.csv"), content);
  }

  private DataSplits open() throws IOException {
    return open("train=pictures/list.csv");
  }

  private DataSplits open(String... settings) throws IOException {
    String[] all = new String[settings.length + 1];
    all[0] = "validationFraction=0";
    System.arraycopy(settings, 0, all, 1, settings.length);
    return DataSplits.open(Specs.data("images", all), folder);
  }

  private static int red(DataSplits data, int sample) {
    return ((ImageSamples) data.train()).image(sample).pixels()[0] & 0xff;
  }
}
