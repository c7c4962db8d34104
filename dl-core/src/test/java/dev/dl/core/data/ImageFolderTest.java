package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.data.problem.DataException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final int RED = 0xff0000;
  private static final int GREY = 0x808080;

  @TempDir Path folder;

  @Test
  void takesSubFoldersForClassesInTheOrderOfTheirNames() throws IOException {
    picture("zebra/1.png", GREY, 4, 4);
    picture("Ant/1.PNG", GREY, 4, 4);
    picture("Ant/deeper/2.jpg", GREY, 4, 4);
    picture("ibis/1.bmp", GREY, 4, 4);
    DataSplits data = open(null);

    assertThat(data.classNames()).containsExactly("Ant", "ibis", "zebra");
    assertThat(Specs.images(data).shape()).isEqualTo(new ImageShape(1, 4, 4));
    assertThat(IntStream.range(0, 4).mapToObj(data.train()::name))
        .extracting(name -> folder.relativize(Path.of(name)).toString())
        .containsExactly("Ant/1.PNG", "Ant/deeper/2.jpg", "ibis/1.bmp", "zebra/1.png");
  }

  @Test
  void takesSplitsFromFoldersAbove() throws IOException {
    int each = 0;
    for (String split : List.of("train", "val", "test")) {
      picture(split + "/a/" + split + ".png", GREY + each, 4, 4);
      picture(split + "/b/" + split + ".png", 0x408060 + each++, 4, 4);
    }
    DataSplits data = open(null);

    assertThat(data.samples()).containsOnlyKeys(Split.TRAIN, Split.VALIDATION, Split.TEST);
    assertThat(Specs.images(data).shape().channels()).isEqualTo(3);
    assertThat(data.find(Split.TEST).orElseThrow().name(1)).endsWith("test/b/test.png");
  }

  @Test
  void takesAClassCalledTrainForAClass() throws IOException {
    picture("car/1.png", GREY, 4, 4);
    picture("train/1.png", GREY, 4, 4);

    assertThat(open(null).classNames()).containsExactly("car", "train");
  }

  @Test
  void asksForASizeWhenTheyDiffer() throws IOException {
    picture("a/1.png", GREY, 4, 4);
    picture("a/2.png", GREY, 4, 4);
    picture("b/1.png", GREY, 6, 5);

    assertThatThrownBy(() -> open(null))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "data.image.size: got nothing for pictures of 2 sizes (2 of 4x4, 1 of 6x5),"
                + " expected a size for all; add data.image.size=N");
    DataSplits data = open(3);
    assertThat(Specs.images(data).shape()).isEqualTo(new ImageShape(1, 3, 3));
    assertThat(data.notices()).hasSize(1);
  }

  @Test
  void listsEveryBadPictureAtOnce() throws IOException {
    picture("a/good.png", GREY, 32, 32);
    picture("b/good.png", GREY, 32, 32);
    Path cut = picture("b/cut.png", RED, 32, 32);
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 60));
    Files.createFile(folder.resolve("a/empty.jpg"));
    Files.writeString(folder.resolve("a/page.jpg"), "<html>not found</html>");

    assertThatThrownBy(() -> open(null))
        .isInstanceOfSatisfying(
            DataException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(3)
                    .anyMatch(line -> line.contains("empty.jpg: found an empty file"))
                    .anyMatch(line -> line.contains("page.jpg: found another kind of content"))
                    .anyMatch(
                        line -> line.contains("cut.png: found a picture that cannot be decoded")));
  }

  @Test
  void leavesBadPicturesOutWhenAskedToAndNamesThem() throws IOException {
    picture("a/good.png", GREY, 4, 4);
    picture("b/good.png", GREY, 4, 4);
    Files.createFile(folder.resolve("a/empty.jpg"));
    DataSpec spec =
        Specs.data("image-folder", "path=.", "validationFraction=0", "onBadSample=skip");

    DataSplits data = DataSplits.open(spec, folder);

    assertThat(data.train().size()).isEqualTo(2);
    assertThat(data.notices())
        .singleElement()
        .asString()
        .startsWith("skipped ")
        .contains("empty.jpg: found an empty file");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void skipsAndNamesWhatIsNoFile() throws Exception {
    picture("a/1.png", GREY, 4, 4);
    picture("b/1.png", GREY, 4, 4);
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    Files.createSymbolicLink(folder.resolve("a/gone.png"), folder.resolve("nowhere"));
    Files.writeString(folder.resolve("a/notes.txt"), "");
    Files.writeString(folder.resolve("a/.hidden.png"), "");
    Process pipe = new ProcessBuilder("mkfifo", folder.resolve("b/pipe.png").toString()).start();
    assertThat(pipe.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Files.createSymbolicLink(folder.resolve("b/endless.png"), Path.of("/dev/zero"));

    assertThat(open(null).notices())
        .hasSize(5)
        .anyMatch(line -> line.contains("endless.png: not a file but a pipe, socket or device"))
        .anyMatch(line -> line.contains("loop: a link back"))
        .anyMatch(line -> line.contains("gone.png: a link to nothing"))
        .anyMatch(line -> line.contains("notes.txt: does not end in"))
        .anyMatch(line -> line.contains("pipe.png: not a file but a pipe"));
  }

  @Test
  void refusesEmptyAndUnknownClasses() throws IOException {
    picture("train/a/1.png", GREY, 4, 4);
    Files.createDirectories(folder.resolve("train/b"));
    assertThatThrownBy(() -> open(null)).hasMessageContaining("found no pictures");

    picture("train/b/1.png", GREY, 4, 4);
    picture("val/c/1.png", GREY, 4, 4);
    assertThatThrownBy(() -> open(null))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("classes that the training split lacks: c");
  }

  @Test
  void readsTheSameWhetherInMemoryOrNot() throws IOException {
    picture("a/1.png", GREY, 7, 5);
    picture("b/1.png", RED, 5, 7);
    picture("b/2.jpg", 0x123456, 9, 9);

    assertThat(open(4, 0).fingerprint()).isEqualTo(open(4, 1 << 20).fingerprint());
  }

  @Test
  void preparesASinglePictureAsTheDatasetDid() throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(picture("a/1.png", GREY, 7, 5));
    files.add(picture("a/2.jpg", 0x345678, 5, 5));
    files.add(picture("b/1.gif", RED, 5, 7));
    DataSplits data = open(4);
    int size = Specs.images(data).shape().size();

    try (Prefetcher batches = new Batches(data.train(), 3).inOrder()) {
      float[] inputs = batches.next().inputs();
      for (int i = 0; i < files.size(); i++) {
        assertThat(Specs.images(data).read(files.get(i)))
            .containsExactly(Arrays.copyOfRange(inputs, i * size, (i + 1) * size));
      }
    }
  }

  @Test
  void saysWhichPictureCannotBePredicted() throws IOException {
    Path page = Files.writeString(folder.resolve("page.jpg"), "<html>");
    ImagePreprocessing preprocessing =
        ImagePreprocessing.ofClasses(
            new ImageShape(1, 4, 4), Filter.BILINEAR, Normalization.none(1), List.of("a", "b"));

    assertThatThrownBy(() -> preprocessing.read(page))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("page.jpg: found another kind of content, expected a PNG");
  }

  private DataSplits open(Integer imageSize) throws IOException {
    return open(imageSize, 1 << 20);
  }

  private DataSplits open(Integer imageSize, long memoryBudget) throws IOException {
    DataSpec spec =
        Specs.data("image-folder", "path=.", "validationFraction=0", "image.size=" + imageSize);
    DatasetCatalog catalog =
        DatasetCatalog.of(List.of(new ImageFolder(memoryBudget)), folder.resolve("unused"));
    return DataSplits.open(spec, folder, catalog);
  }

  /** Writes a picture that shades off from this colour, so that resizing shows. */
  private Path picture(String name, int colour, int height, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour - 0x010101 * ((x * 5 + y * 3) % 32) * (colour == RED ? 0 : 1));
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    String ending = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, ending, file.toFile())).isTrue();
    return file;
  }
}
