package dev.dl.training.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A made-up run with every part of a report, to test and to look at. */
final class SampleReport {
  static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  private static final List<String> NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          HOSTILE);

  private SampleReport() {}

  /** Writes it to the file named. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), create().html());
  }

  static RunReport create() throws IOException {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("status", "early-stopped");
    summary.put("epochs", 12);
    summary.put("steps", 840);
    summary.put("best", Map.of("epoch", 10, "step", 700));
    summary.put("validation", Map.of("accuracy", 0.9137, "loss", 0.2513));
    summary.put("test", Map.of("accuracy", 0.9081, "loss", 0.2644));
    summary.put("parameters", 131178);
    summary.put("samplesPerSecond", 1597.3);
    summary.put("wallSeconds", 173.2);
    summary.put("backend", "cpu");
    return new RunReport(
        "quickstart",
        "name: quickstart\nseed: 1\nmodel:\n  name: convnet\ntraining:\n  epochs: 12\n",
        Map.of("java", Map.of("version", "17.0.15"), "label", HOSTILE),
        summary,
        metrics(),
        classes(),
        mistakes(),
        new Seen(null, "│<b>bold</b>│"));
  }

  private static List<Map<String, Object>> metrics() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int step = 10; step <= 840; step += 10) {
      double loss = 0.2 + 2.1 * Math.exp(-step / 130.0) + 0.07 * Math.sin(step * 1.7);
      rows.add(
          Map.of(
              "kind",
              "step",
              "step",
              step,
              "epoch",
              (step - 1) / 70 + 1,
              "train.loss",
              loss,
              "train.accuracy",
              Math.min(1, 1 - loss / 2.6),
              "learningRate",
              0.001 * 0.5 * (1 + Math.cos(Math.PI * step / 840)),
              "gradientNorm",
              1.5 * loss));
      if (step % 70 == 0) {
        double mean = 0.22 + 2 * Math.exp(-step / 130.0);
        Map<String, Object> epoch = new LinkedHashMap<>();
        epoch.put("kind", "epoch");
        epoch.put("step", step);
        epoch.put("epoch", step / 70);
        epoch.put("train.loss", mean);
        epoch.put("train.accuracy", 1 - mean / 2.6);
        epoch.put("validation.loss", mean + 0.03 + step / 20000.0);
        epoch.put("validation.accuracy", 0.98 - mean / 2.6);
        epoch.put("samplesPerSecond", 1590 + step / 100.0);
        epoch.put("dataWaitShare", 0.004);
        epoch.put("seconds", 14.1);
        rows.add(epoch);
      }
    }
    return rows;
  }

  private static ClassResults classes() {
    long[][] confusion = new long[NAMES.size()][NAMES.size()];
    for (int label = 0; label < NAMES.size(); label++) {
      confusion[label][label] = 90L - label % 4;
      confusion[label][(label + 2) % NAMES.size()] = 6L + label % 4;
      confusion[label][(label + 5) % NAMES.size()] = 4;
    }
    List<ClassResults.Figures> figures =
        IntStream.range(0, NAMES.size())
            .mapToObj(i -> new ClassResults.Figures(0.9 + 0.008 * i, 0.95 - i * 0.03, 0.91, 100))
            .toList();
    return new ClassResults("validation", NAMES, figures, confusion);
  }

  private static List<Mistake> mistakes() throws IOException {
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      for (int y = 4; y < 24; y++) {
        for (int x = 4 + i % 5; x < 24 - i % 3; x++) {
          image.setRGB(x, y, 0x010101 * Math.min(255, 60 + (x * y * (i + 3)) % 190));
        }
      }
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      String predicted = NAMES.get((i + 3) % NAMES.size());
      mistakes.add(
          new Mistake(
              "#" + 137 * i,
              NAMES.get(i % 9),
              predicted,
              0.999 - i * 0.01,
              png.toByteArray(),
              null));
    }
    return mistakes;
  }
}
