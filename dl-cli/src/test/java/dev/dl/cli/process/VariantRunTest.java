package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A table whose columns are a sequence of letters, beside numbers. */
@EnabledOnOs(OS.LINUX)
class VariantRunTest {
  private static final int BASES = 128;
  private static final int ANNOTATIONS = 7;
  private static final int ROWS = 120;
  private static final String CONFIG =
      """
      name: variants
      backend: cpu
      data:
        source: table
        train: variants.csv
        table: {categories: [A, C, G, T]}
      model: {name: variant-cnn}
      optimizer: {name: adamw, learningRate: 0.0003}
      training: {epochs: 1, batchSize: 32}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder();
    StringJoiner header = new StringJoiner(",", "", "\n");
    for (int base = 0; base < BASES; base++) {
      header.add("base" + base);
    }
    for (int number = 0; number < ANNOTATIONS; number++) {
      header.add("annotation" + number);
    }
    csv.append(header.add("label"));
    for (int row = 0; row < ROWS; row++) {
      StringJoiner line = new StringJoiner(",", "", "\n");
      for (int base = 0; base < BASES; base++) {
        line.add("TGCAN".substring(random.nextInt(5)).substring(0, 1));
      }
      for (int number = 0; number < ANNOTATIONS; number++) {
        line.add(Double.toString(random.nextGaussian() + row % 4));
      }
      csv.append(line.add(List.of("a", "b", "c", "d").get(row % 4)));
    }
    Files.writeString(folder.resolve("variants.csv"), csv);
    Files.writeString(folder.resolve("run.yaml"), CONFIG);
  }

  @Test
  void knowsTheLettersByTheirOrderInTheConfiguration() throws Exception {
    DlProcess.run(folder, "train", "run.yaml", "--run", "run").requireExitCode(0);
    JsonNode columns =
        new ObjectMapper()
            .readTree(folder.resolve("run/preprocessing.json").toFile())
            .findValue("categorical");
    assertThat(columns).hasSize(BASES);
    assertThat(StreamSupport.stream(columns.spliterator(), false))
        .allMatch(
            column -> column.get("categories").toString().equals("[\"A\",\"C\",\"G\",\"T\"]"));
  }

  /** With the weights of {@code org.broadinstitute:gatk:4.4.0.0}, where that is to be had. */
  @Test
  void beginsWithTheWeightsOfAKerasFile() throws Exception {
    Path jar =
        Path.of(
            System.getProperty("user.home"),
            ".m2/repository/org/broadinstitute/gatk/4.4.0.0/gatk-4.4.0.0.jar");
    assumeTrue(Files.isRegularFile(jar), "skipped: there is no " + jar);
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream in =
            zip.getInputStream(
                zip.getEntry("large/cnn_score_variants/1d_cnn_mix_train_full_bn.hd5"))) {
      Files.copy(in, folder.resolve("gatk.hd5"));
    }
    DlProcess.run(folder, "train", "run.yaml", "model.pretrained=gatk.hd5", "--run", "run")
        .requireExitCode(0);
    assertThat(Files.readString(folder.resolve("run/log.txt")))
        .contains("began with the weights of gatk.hd5: 10 loaded, 6 transposed\n");
  }
}
