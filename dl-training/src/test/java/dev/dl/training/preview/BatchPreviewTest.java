package dev.dl.training.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.Batch;
import dev.dl.core.data.Batches;
import dev.dl.core.data.DataSpec;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.ImagePreprocessing;
import dev.dl.core.data.MaskNumbers;
import dev.dl.core.data.MaskPreprocessing;
import dev.dl.core.data.Normalization;
import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchPreviewTest {
  private static final int CELL = 96;
  private static final int GAP = 4;
  private static final int PAPER = 0xffffff;

  @TempDir Path folder;

  @Test
  void showsThePicturesThatTheNetworkIsGiven() throws IOException {
    Normalization normalization = new Normalization(List.of(0.2, 0.4, 0.6), List.of(0.5, 0.1, 2.0));
    ImagePreprocessing preprocessing = preprocessing(new ImageShape(3, 1, 1), normalization);
    Batch batch =
        Batch.labelled(
            new float[] {1.6f, -4, -0.3f, /* 255, 0, 0 */ -0.4f, 6, 0 /* 0, 255, 153 */},
            new int[] {0, 1},
            new int[] {5, 6});

    BufferedImage sheet = sheet(batch, preprocessing);

    assertThat(sheet.getWidth()).isEqualTo(2 * CELL + 3 * GAP);
    assertThat(colour(sheet, GAP, GAP)).isEqualTo(0xff0000);
    assertThat(colour(sheet, GAP + CELL - 1, GAP + CELL - 1)).isEqualTo(0xff0000);
    assertThat(colour(sheet, GAP + CELL, GAP)).isEqualTo(PAPER);
    assertThat(colour(sheet, 2 * GAP + CELL, GAP)).isEqualTo(0x00ff99);
  }

  @Test
  void writesTheClassBelowWithoutFonts() throws IOException {
    ImagePreprocessing preprocessing =
        preprocessing(new ImageShape(1, 96, 96), Normalization.none(1));
    Batch batch = Batch.labelled(new float[96 * 96], new int[] {1}, new int[] {0});
    BufferedImage sheet = sheet(batch, preprocessing);

    StringBuilder first = new StringBuilder();
    for (int y = 0; y < 10; y += 2) {
      for (int x = 0; x < 6; x += 2) {
        first.append(colour(sheet, GAP + x, CELL + 2 * GAP + y) == PAPER ? '.' : '#');
      }
      first.append(' ');
    }
    assertThat(first).hasToString("### .#. .#. .#. .#. "); // T of "tree"
  }

  /** Black pixels half in the dark red of class 1, half in black for class 0, half in white. */
  @Test
  void showsPicturesInTheColoursOfTheirPixelsClasses() throws IOException {
    ImagePreprocessing pictures = preprocessing(new ImageShape(1, 1, 3), Normalization.none(1));
    MaskPreprocessing preprocessing =
        new MaskPreprocessing(pictures, new MaskNumbers(List.of(0, 1), 255));
    Batch batch = new Batch(new float[3], new float[] {1, 0, -1}, new int[] {0});

    BatchPreview preview = BatchPreview.of(batch, preprocessing);

    BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(preview.content()));
    assertThat(colour(sheet, GAP, GAP)).isEqualTo(0x400000);
    assertThat(colour(sheet, GAP + CELL / 2, GAP)).isEqualTo(0x000000);
    assertThat(colour(sheet, GAP + CELL - 1, GAP)).isEqualTo(0x7f7f7f);
  }

  @Test
  void showsTokensWithTheirTags() throws IOException {
    Files.writeString(folder.resolve("a.conll"), "Ann B-PER\ncame O\n\nAnn O\n\ncame O\n");

    assertThat(shown("tagged-text", "a.conll"))
        .isEqualTo("ann\tB-PER\ncame\tO\n\nann\tO\n\ncame\tO\n\n");
  }

  @Test
  void showsNoMoreThanTheFirstSamplesAndMakesLargePicturesSmaller() throws IOException {
    ImagePreprocessing preprocessing =
        preprocessing(new ImageShape(1, 300, 150), Normalization.none(1));
    Batch batch = Batch.labelled(new float[70 * 300 * 150], new int[70], new int[70]);

    BufferedImage sheet = sheet(batch, preprocessing);

    assertThat(sheet.getWidth()).isEqualTo(8 * (64 + GAP) + GAP);
    assertThat(sheet.getHeight()).isEqualTo(8 * (128 + 10 + 3 * GAP) + GAP);
  }

  @Test
  void namesBothClassesOfAMix() {
    ImagePreprocessing preprocessing =
        preprocessing(new ImageShape(1, 1, 1), Normalization.none(1));
    Batch mixed = new Batch(new float[2], new float[] {0, 1, 0.75f, 1, 0, 1}, new int[] {0, 1});

    assertThat(Captions.of(mixed, 0, preprocessing.target())).isEqualTo("cat+tree");
    assertThat(Captions.of(mixed, 1, preprocessing.target())).isEqualTo("tree");
  }

  @Test
  void showsTokensWithTheirBoundariesAndPadding() throws IOException {
    Files.writeString(
        folder.resolve("texts.csv"), "text,label\na red house,b\nhouse,a\na red house,b\n");

    assertThat(shown("text", "texts.csv"))
        .isEqualTo(
            "b\n│a│red│house│ and 5 of padding\n\na\n│house│ and 7 of padding\n\n"
                + "b\n│a│red│house│ and 5 of padding\n\n");
  }

  @Test
  void showsRowsUnderTheNamesOfTheirFeatures() throws IOException {
    Files.writeString(
        folder.resolve("rows.csv"), "=size,colour,label\n1,red,=b\n3,blue,a\n5,red,=b\n");
    String page = shown("table", "rows.csv");

    assertThat(page.lines()).hasSize(4);
    assertThat(page).startsWith("'=size,colour,target\n").contains(",'=b\n").contains(",a\n");
    assertThat(page).contains("\n-1.2247449,");
  }

  private String shown(String source, String file) throws IOException {
    DataSpec spec =
        ConfigReader.parse(
            "source: " + source,
            "test",
            List.of("train=" + file, "validationFraction=0"),
            DataSpec.class);
    DataSplits data = DataSplits.open(spec, folder);
    Batch batch = data.train().batch(new int[] {0, 1, 2});
    assertThat(new Batches(data.train(), 3).first(1).size()).isEqualTo(3);
    return new String(
        BatchPreview.of(batch, data.preprocessing()).content(), StandardCharsets.UTF_8);
  }

  private static ImagePreprocessing preprocessing(ImageShape shape, Normalization normalization) {
    return ImagePreprocessing.ofClasses(
        shape, Filter.BILINEAR, normalization, List.of("cat", "tree"));
  }

  private static BufferedImage sheet(Batch batch, ImagePreprocessing preprocessing)
      throws IOException {
    BatchPreview preview = BatchPreview.of(batch, preprocessing);
    assertThat(preview.ending()).isEqualTo("png");
    assertThat(BatchPreview.of(batch, preprocessing).content()).isEqualTo(preview.content());
    return ImageIO.read(new ByteArrayInputStream(preview.content()));
  }

  private static int colour(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }
}
