package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageReader;
import dev.dl.core.data.image.MaskPng;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Discs and squares on a texture, told apart pixel by pixel. */
@EnabledOnOs(OS.LINUX)
class SegmentationTest {
  private static final int SIZE = 32;
  private static final int IGNORED = 255;
  private static final int TESTED = 12;

  private static final String CONFIG =
      """
      name: shapes
      backend: cpu
      data:
        source: image-masks
        path: shapes
        mask: {classes: [ground, disc, square]}
        augmentation: {horizontalFlip: true, randomCropPadding: 3}
      model: {name: unet-small}
      optimizer: {learningRate: 0.005}
      schedule: {name: cosine}
      training: {epochs: 12, batchSize: 8}
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws Exception {
    for (int i = 0; i < 60; i++) {
      shapes("train", i, new Random(i));
    }
    for (int i = 0; i < TESTED; i++) {
      shapes("test", i, new Random(1000 + i));
    }
    Files.writeString(folder.resolve("shapes.yaml"), CONFIG);
    DlProcess.run(folder, "train", "shapes.yaml", "--run", "run").requireExitCode(0);
  }

  @Test
  void tellsThePixelsOfShapesOnATexture() throws Exception {
    JsonNode test = json("run/summary.json").get("test");
    assertThat(test.get("meanIoU").asDouble()).isGreaterThan(0.85);
    assertThat(test.get("accuracy").asDouble()).isGreaterThan(0.95);
    assertThat(test.get("dice").asDouble()).isGreaterThan(0.9);
    assertThat(folder.resolve("run/samples/train-batch-1.png")).isNotEmptyFile();
  }

  @Test
  void writesMasksThatAreRightAsOftenAsItWasMeasured() throws Exception {
    DlProcess.run(folder, "evaluate", "run", "--json", "e.json").requireExitCode(0);
    String[] asked = {
      "predict", "run", "shapes/test/images", "--masks", "told", "--json", "p.json"
    };
    DlProcess.run(folder, asked).requireExitCode(0);

    assertThat(json("e.json").get("meanIoU"))
        .isEqualTo(json("run/summary.json").at("/test/meanIoU"));
    assertThat(json("p.json")).hasSize(TESTED);
    assertThat(json("p.json").get(0).get("label").asText()).matches("ground \\d+\\.\\d %, .*");
    int right = 0;
    int counted = 0;
    for (int i = 0; i < TESTED; i++) {
      byte[] told = numbers("told/" + i + ".png");
      byte[] drawn = numbers("shapes/test/masks/" + i + ".png");
      for (int pixel = 0; pixel < drawn.length; pixel++) {
        boolean counts = drawn[pixel] != (byte) IGNORED;
        counted += counts ? 1 : 0;
        right += counts && told[pixel] == drawn[pixel] ? 1 : 0;
      }
    }
    assertThat((double) right / counted).isEqualTo(json("e.json").get("accuracy").asDouble());
    assertThat(DlProcess.run(folder, asked).requireExitCode(73).err()).contains("told/0.png");
  }

  @Test
  void refusesModelsThatTellNoPixelsAndSizesThatCannotBeHalved() throws Exception {
    String[] other = {"train", "shapes.yaml", "model.name=convnet", "--run", "other"};
    assertThat(DlProcess.run(folder, other).requireExitCode(2).err())
        .contains("dl: model.name: got convnet for 3x32x32 images with 3 outputs (it gives 3, ");
    String[] odd = {"train", "shapes.yaml", "data.image.size=36", "--run", "other"};
    assertThat(DlProcess.run(folder, odd).requireExitCode(2).err())
        .contains("expected sides that are multiples of 8");
  }

  @Test
  void checksMasksBeforeTraining() throws Exception {
    DlProcess.run(folder, "data", "check", "shapes.yaml").requireExitCode(0);
    Path bad = folder.resolve("bad/images");
    Files.createDirectories(bad);
    Files.createDirectories(folder.resolve("bad/masks"));
    Files.copy(folder.resolve("shapes/test/images/0.png"), bad.resolve("alone.png"));
    Files.copy(folder.resolve("shapes/test/images/1.png"), bad.resolve("one.png"));
    Files.copy(folder.resolve("shapes/test/masks/1.png"), folder.resolve("bad/masks/one.png"));

    DlProcess.Result checked =
        DlProcess.run(folder, "data", "check", "shapes.yaml", "data.path=bad");
    assertThat(checked.out() + checked.err())
        .contains("bad/images/alone.png: found no mask, expected bad/masks/alone.png");
    assertThat(checked.exitCode()).isEqualTo(65);
  }

  /** A disc and a square on noise that is nearly as bright, with a row of pixels of no class. */
  private static void shapes(String split, int number, Random random) throws IOException {
    Path images = Files.createDirectories(folder.resolve("shapes/" + split + "/images"));
    Path masks = Files.createDirectories(folder.resolve("shapes/" + split + "/masks"));
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    byte[] mask = new byte[SIZE * SIZE];
    int radius = 4 + random.nextInt(4);
    int discX = 8 + random.nextInt(16);
    int discY = 8 + random.nextInt(16);
    int side = 7 + random.nextInt(6);
    int squareX = random.nextInt(SIZE - side);
    int squareY = random.nextInt(SIZE - side);
    for (int i = 0; i < mask.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      boolean square = x >= squareX && x < squareX + side && y >= squareY && y < squareY + side;
      boolean disc = Math.hypot(x - discX, y - discY) <= radius;
      mask[i] = (byte) (y == 0 ? IGNORED : square ? 2 : disc ? 1 : 0);
      int red = random.nextInt(120) + (disc && !square ? 110 : 40);
      int green = random.nextInt(120) + (square ? 110 : 40);
      int blue = random.nextInt(120) + 30 * ((x + y) / 3 % 2);
      image.setRGB(x, y, red << 16 | green << 8 | blue);
    }
    ImageIO.write(image, "png", images.resolve(number + ".png").toFile());
    Files.write(masks.resolve(number + ".png"), MaskPng.of(new Image(1, SIZE, SIZE, mask)));
  }

  private static byte[] numbers(String file) throws IOException {
    return ImageReader.numbers(ImageReader.content(folder.resolve(file))).pixels();
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
