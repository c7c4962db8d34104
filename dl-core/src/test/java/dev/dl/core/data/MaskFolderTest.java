package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.MaskPng;
import dev.dl.core.data.problem.DataException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskFolderTest {
  private static final int SIZE = 8;

  @TempDir Path folder;

  @Test
  void givesTheClassOfEachPixelAndNoneWhereItIsIgnored() throws IOException {
    pair("", "a", SIZE, SIZE, 0, 1, 2, 255);
    pair("", "deeper/b", SIZE, SIZE, 2, 2, 1, 0);
    DataSplits data = open("validationFraction=0");

    assertThat(data.classNames()).containsExactly("0", "1", "2");
    float[] target = data.train().target(0);
    assertThat(target).hasSize(SIZE * SIZE);
    assertThat(Arrays.copyOf(target, 5)).containsExactly(0, 1, 2, -1, 0);
    Batch batch = data.train().batch(new int[] {1, 0});
    assertThat(batch.inputs()).hasSize(2 * 3 * SIZE * SIZE);
    assertThat(Arrays.copyOf(batch.targets(), 4)).containsExactly(2, 2, 1, 0);
    assertThat(batch.part(1, 2).targets()).isEqualTo(target);
  }

  @Test
  void takesNamesAndNumbersFromTheSpec() throws IOException {
    pair("", "a", SIZE, SIZE, 0, 255, 7);
    pair("", "b", SIZE, SIZE, 255, 0, 7);
    DataSplits data =
        open("validationFraction=0", "mask={classes: [sky, tree], values: [0, 255], ignore: 7}");

    assertThat(data.classNames()).containsExactly("sky", "tree");
    assertThat(Arrays.copyOf(data.train().target(0), 4)).containsExactly(0, 1, -1, 0);
  }

  @Test
  void takesSplitsFromFoldersAboveOrHoldsSomeOut() throws IOException {
    for (String split : List.of("train/", "val/", "test/")) {
      pair(split, "of-" + split.charAt(0), SIZE, SIZE, 0, 1);
    }
    assertThat(open().samples()).containsOnlyKeys(Split.TRAIN, Split.VALIDATION, Split.TEST);
    for (int i = 0; i < 10; i++) {
      pair("alone/", "p" + i, SIZE, SIZE, 0, 1);
    }
    DataSplits held =
        DataSplits.open(Specs.data("image-masks", "path=alone", "validationFraction=0.2"), folder);
    assertThat(held.train().size()).isEqualTo(8);
    assertThat(held.find(Split.VALIDATION).orElseThrow().size()).isEqualTo(2);
  }

  @Test
  void tellsOfEveryMaskThatIsMissingOrDoesNotFitAtOnce() throws IOException {
    pair("", "good", SIZE, SIZE, 0, 1);
    pair("", "larger", SIZE, SIZE, 0, 1);
    Files.write(folder.resolve("masks/larger.png"), mask(SIZE, 9, 0));
    pair("", "missing", SIZE, SIZE, 0, 1);
    Files.delete(folder.resolve("masks/missing.png"));
    pair("", "beyond", SIZE, SIZE, 0, 5, 6);
    pair("", "colours", SIZE, SIZE, 0, 1);
    Files.copy(folder.resolve("images/colours.png"), folder.resolve("masks/text.png"));
    Files.write(folder.resolve("images/text.png"), new byte[] {1, 2, 3});
    Files.write(folder.resolve("masks/colours.png"), new byte[] {1, 2, 3});
    List<String> problems =
        audit("mask.classes=[a, b]").findings(FindingKind.UNREADABLE).stream()
            .map(Finding::message)
            .map(line -> line.replace(folder + "/", ""))
            .toList();

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "images/missing.png: found no mask, expected masks/missing.png",
            "masks/larger.png: found 8x9 pixels, expected 8x8 as in images/larger.png",
            "masks/beyond.png: found the numbers 5, 6, expected one of [0, 1] or 255 for no class"
                + " (data.mask)",
            "masks/colours.png: found another kind of content, expected a mask whose pixels are"
                + " numbers",
            "masks/text.png: found a picture in colours without a palette, expected a mask whose"
                + " pixels are numbers");
    assertThatThrownBy(() -> open("mask.classes=[a, b]")).isInstanceOf(DataException.class);
    DataSplits rest = open("mask.classes=[a, b]", "onBadSample=skip", "validationFraction=0");
    assertThat(rest.train().size()).isEqualTo(1);
    assertThat(rest.notices()).hasSize(5).allMatch(notice -> notice.startsWith("skipped "));
  }

  @Test
  void refusesMasksWithOneClass() throws IOException {
    pair("", "a", SIZE, SIZE, 0, 255);

    assertThatThrownBy(() -> open())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found masks with {0, 255} only, expected at least 2 classes");
  }

  @Test
  void refusesWhatMixesPictures() throws IOException {
    pair("", "a", SIZE, SIZE, 0, 1);

    assertThatThrownBy(() -> open("augmentation.mixup=0.2"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mixup or cutMix");
  }

  @Test
  void countsPicturesByTheClassesThatTheyShow() throws IOException {
    pair("train/", "a", SIZE, SIZE, 0, 1);
    pair("train/", "b", SIZE, SIZE, 0, 0);
    pair("val/", "c", SIZE, SIZE, 0, 0);
    Audit audit = audit("mask.classes=[ground, tree]");

    assertThat(audit.tables().get(0).rows())
        .containsExactly(List.of("ground", "2", "1"), List.of("tree", "1", "0"));
    assertThat(audit.findings(FindingKind.MISSING_CLASS)).hasSize(1);
  }

  /** Each pixel of the pictures is 40 more than 40 times its class. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "horizontalFlip=true",
        "verticalFlip=true",
        "randomCropPadding=2",
        "randomResizedCrop={}",
        "randomErasing={probability: 1}"
      })
  void changesPicturesAndMasksAlike(String change) throws IOException {
    for (int i = 0; i < 6; i++) {
      String name = "p" + i;
      int[] numbers = new Random(i).ints(60, 0, 3).toArray();
      Files.createDirectories(folder.resolve("images"));
      Files.createDirectories(folder.resolve("masks"));
      Files.write(folder.resolve("masks/" + name + ".png"), mask(12, 10, numbers));
      BufferedImage picture = new BufferedImage(10, 12, BufferedImage.TYPE_BYTE_GRAY);
      for (int at = 0; at < 120; at++) {
        picture.getRaster().setSample(at % 10, at / 10, 0, 40 + 40 * numbers[at % 60]);
      }
      ImageIO.write(picture, "png", folder.resolve("images/" + name + ".png").toFile());
    }
    DataSplits data =
        open(
            "validationFraction=0",
            "image={size: 8, filter: nearest, normalize: false}",
            "augmentation." + change);
    int[] all = IntStream.range(0, 6).toArray();
    int ignored = 0;
    for (int epoch = 1; epoch < 5; epoch++) {
      Batch batch = data.train().trainingBatch(all, 3, epoch, 0);
      assertThat(batch.targets()).isNotEqualTo(data.train().batch(all).targets());
      for (int i = 0; i < batch.targets().length; i++) {
        int pixel = Math.round(255 * batch.inputs()[i]);
        int label = (int) batch.targets()[i];
        ignored += label < 0 ? 1 : 0;
        if (label >= 0) {
          assertThat(pixel).isEqualTo(40 + 40 * label);
        }
      }
    }
    boolean paints = change.contains("Padding") || change.contains("Erasing");
    assertThat(ignored > 0).isEqualTo(paints);
  }

  @Test
  void writesMasksInTheSizeAndTheNumbersOfTheUsers() throws IOException {
    pair("", "wide", 2, 4, 0, 255);
    pair("", "square", 4, 4, 255, 0);
    DataSplits data =
        open("validationFraction=0", "image.size=2", "mask={values: [0, 255], ignore: 9}");
    MaskPreprocessing preprocessing = (MaskPreprocessing) data.preprocessing();

    Image mask = preprocessing.mask(folder.resolve("images/wide.png"), new int[] {0, 1, 1, 0});

    assertThat(mask.height()).isEqualTo(2);
    assertThat(mask.pixels()).containsExactly(9, 0, (byte) 255, 9, 9, (byte) 255, 0, 9);
  }

  @Test
  void doesNotDependOnWhatStaysInMemory() throws IOException {
    pair("", "a", SIZE, SIZE, 0, 1, 2);
    pair("", "b", SIZE, SIZE, 1, 0, 2);
    DataSplits kept = open("validationFraction=0", "image.size=4");
    DataSplits read = open("validationFraction=0", "image.size=4", "cache.memoryMegabytes=0");

    assertThat(read.fingerprint()).isEqualTo(kept.fingerprint());
    int[] both = {0, 1};
    assertThat(read.train().trainingBatch(both, 1, 1, 0).inputs())
        .isEqualTo(kept.train().trainingBatch(both, 1, 1, 0).inputs());
  }

  private DataSplits open(String... settings) throws IOException {
    return DataSplits.open(spec(settings), folder);
  }

  private Audit audit(String... settings) throws IOException {
    return DataCheck.of(spec(settings), folder);
  }

  private static DataSpec spec(String... settings) {
    String[] all =
        Stream.concat(Stream.of("path=."), Arrays.stream(settings)).toArray(String[]::new);
    return Specs.data("image-masks", all);
  }

  /** Writes a picture of noise and its mask, in which the numbers are repeated. */
  private void pair(String split, String name, int height, int width, int... numbers)
      throws IOException {
    Path picture = folder.resolve(split + "images/" + name + ".png");
    Path mask = folder.resolve(split + "masks/" + name + ".png");
    Files.createDirectories(picture.getParent());
    Files.createDirectories(mask.getParent());
    Random random = new Random((split + name).hashCode());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      image.setRGB(i % width, i / width, random.nextInt(1 << 24));
    }
    ImageIO.write(image, "png", picture.toFile());
    Files.write(mask, mask(height, width, numbers));
  }

  private static byte[] mask(int height, int width, int... numbers) {
    byte[] pixels = new byte[height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) numbers[i % numbers.length];
    }
    return MaskPng.of(new Image(1, height, width, pixels));
  }
}
