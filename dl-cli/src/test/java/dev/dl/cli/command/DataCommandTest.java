package dev.dl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Terminal;
import dev.dl.core.config.ConfigReader;
import dev.dl.core.data.DataSpec;
import dev.dl.core.data.DataSplits;
import dev.dl.core.data.ImageSamples;
import dev.dl.core.data.image.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataCommandTest {
  private static final int PICTURES = 300;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir private Path folder;
  private Path config;

  /** Real pictures, half of them PNG and half JPEG, in a folder for each class. */
  @BeforeEach
  void writePictures() throws IOException {
    DataSpec spec =
        ConfigReader.parse(
            "{source: fashion-mnist-10k, validationFraction: 0}",
            "test",
            List.of(),
            DataSpec.class);
    ImageSamples pictures = (ImageSamples) DataSplits.open(spec, folder).train();
    for (int i = 0; i < PICTURES; i++) {
      String name = (int) pictures.target(i)[0] + "/" + i + (i % 2 == 0 ? ".png" : ".jpg");
      write(pictures.image(i), folder.resolve("pictures").resolve(name));
    }
    config =
        Files.writeString(
            folder.resolve("check.yaml"),
            "name: check\nmodel: {name: mlp}\ndata: {source: image-folder, validationFraction: 0,"
                + " path: '"
                + folder.resolve("pictures")
                + "'}\n");
  }

  @Test
  void findsNothingWrongWithGoodPictures() {
    assertThat(check()).isZero();
    assertThat(text()).endsWith("0 errors, 0 warnings\n");
  }

  @Test
  void namesTwoDamagedAndThreeDuplicatedFilesAmongHundreds() throws IOException {
    List<Path> files = files();
    Path cut = files.get(10);
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 150));
    Path page = Files.writeString(files.get(200), "<html>not found</html>");
    List<Path> copies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path original = files.get(50 + 70 * i);
      copies.add(Files.copy(original, original.resolveSibling("copy-" + original.getFileName())));
    }
    Path json = folder.resolve("check.json");

    assertThat(check("--json", json.toString())).isEqualTo(65);

    assertThat(text()).contains(cut + ": found ").contains(page + ": found another kind");
    copies.forEach(copy -> assertThat(text()).contains(copy + " (train) are the same picture"));
    Set<String> kinds = new TreeSet<>();
    JsonNode findings = new ObjectMapper().readTree(json.toFile()).get("findings");
    findings.forEach(finding -> kinds.add(finding.get("kind").asText()));
    assertThat(kinds).containsExactly("DUPLICATE", "UNREADABLE");
    assertThat(findings).hasSize(5);
    assertThat(findings.get(4).get("severity").asText()).isEqualTo("WARNING");
    assertThat(findings.get(4).get("samples").get(1).get("split").asText()).isEqualTo("train");
    assertThat(findings.get(4).get("samples").get(1).has("picture")).isFalse();
  }

  @Test
  void allowsLeakageOnlyWhenAskedTo() throws IOException {
    List<Path> files = files();
    for (int i = 0; i < 12; i++) {
      Files.copy(files.get(20 * i), files.get(20 * i).resolveSibling("copy" + i + ".png"));
    }

    assertThat(check("data.validationFraction=0.5")).isEqualTo(65);
    assertThat(text()).contains("error: The same in several splits (");
    assertThat(check("data.validationFraction=0.5", "--allow-leakage")).isZero();
    assertThat(check("data.validationFraction=0.5", "data.allowLeakage=true")).isZero();
  }

  @Test
  void shortensWhatIsLongAndWritesItAllToThePage() throws IOException {
    List<Path> files = files();
    for (int i = 0; i < 14; i++) {
      Files.copy(files.get(9 * i), files.get(9 * i).resolveSibling("\u001b[2J" + i + ".png"));
    }
    Path page = folder.resolve("check.html");

    assertThat(check("--html", page.toString())).isZero();

    assertThat(text())
        .contains("warning: The same several times (14)")
        .contains("\n  and 4 more\n")
        .contains("\\u001B[2J")
        .doesNotContain("\u001b");
    assertThat(Files.readString(page).split("<article>", -1)).hasSize(15);
  }

  private int check(String... arguments) {
    out.reset();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console = new Console(stream, stream, Terminal.NONE);
    return new CommandLine(new DataCommand(console))
        .execute(
            Stream.concat(Stream.of("check", config.toString()), Stream.of(arguments))
                .toArray(String[]::new));
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("pictures"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void write(Image image, Path file) throws IOException {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    buffered.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString();
    ImageIO.write(buffered, name.substring(name.length() - 3), file.toFile());
  }
}
