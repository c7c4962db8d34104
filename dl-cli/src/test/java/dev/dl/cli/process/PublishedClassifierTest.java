package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.tensorfile.SafeTensors;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A published ONNX file, from the configuration that names it to weights of one's own. */
@EnabledOnOs(OS.LINUX)
class PublishedClassifierTest {
  private static final Path LINES =
      Path.of("..", "dl-models", "src", "test", "resources", "published");
  private static final int WIDTH = 192;
  private static final int HEIGHT = 48;

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    try (InputStream onnx =
        PublishedClassifierTest.class.getResourceAsStream(
            "/models/ch_ppocr_mobile_v2.0_cls_infer.onnx")) {
      Files.copy(onnx, folder.resolve("classifier.onnx"));
    }
    Files.copy(Path.of("..", "configs", "text-direction.yaml"), folder.resolve("run.yaml"));
    for (String split : new String[] {"train", "val", "test"}) {
      for (int line = 0; line < 3; line++) {
        for (int shift = 0; shift < 4; shift++) {
          write(split, line, shift + split.length());
        }
      }
    }
  }

  /** A line moved to the side, upright and upside down. */
  private static void write(String split, int line, int shift) throws IOException {
    BufferedImage original = ImageIO.read(LINES.resolve("line-" + line + ".png").toFile());
    for (String turn : new String[] {"0", "180"}) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.rotate(Math.toRadians(Integer.parseInt(turn)), WIDTH / 2.0, HEIGHT / 2.0);
      graphics.drawImage(original, 0, 0, null);
      graphics.drawImage(original, shift, 0, null);
      graphics.dispose();
      Path file = folder.resolve("lines").resolve(split).resolve(turn);
      Files.createDirectories(file);
      ImageIO.write(image, "png", file.resolve(line + "-" + shift + ".png").toFile());
    }
  }

  private static JsonNode train(String run, String... overrides) throws Exception {
    String[] command = {
      "train",
      "run.yaml",
      "backend=cpu",
      "training.epochs=2",
      "training.batchSize=6",
      "optimizer.learningRate=0.0001",
      "data.allowLeakage=true",
      "--run",
      run
    };
    String[] all = java.util.Arrays.copyOf(command, command.length + overrides.length);
    System.arraycopy(overrides, 0, all, command.length, overrides.length);
    DlProcess.run(folder, all).requireExitCode(0);
    return new ObjectMapper().readTree(folder.resolve(run + "/summary.json").toFile());
  }

  @Test
  void isFineTunedAndExported() throws Exception {
    JsonNode tuned = train("tuned", "model.pretrained=classifier.onnx");
    assertThat(Files.readString(folder.resolve("tuned/log.txt")))
        .contains(
            "began with the weights of classifier.onnx: 212 loaded, 1 transposed, 95 ignored");
    assertThat(tuned.at("/test/accuracy").asDouble()).isEqualTo(1);
    assertThat(tuned.at("/test/accuracy").asDouble())
        .as("it takes more than two epochs without the weights")
        .isGreaterThan(train("fresh").at("/test/accuracy").asDouble());

    DlProcess.run(folder, "export", "tuned", "--weights", "mine.safetensors").requireExitCode(0);
    assertThat(SafeTensors.read(folder.resolve("mine.safetensors")))
        .hasSize(213)
        .containsKey("conv2_se.fc1.weight");
    train("again", "model.pretrained=mine.safetensors", "optimizer.learningRate=1e-30");
    assertThat(Files.readString(folder.resolve("again/log.txt")))
        .contains("began with the weights of mine.safetensors: 212 loaded, 1 transposed");
  }
}
