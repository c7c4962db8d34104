package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Models of a user's own jar, through the command line. */
@EnabledOnOs(OS.LINUX)
class PluginTest {
  private static final String CONFIG =
      """
      name: own
      backend: cpu
      data: {source: idx, path: data}
      model: {name: my-nin-small}
      training: {epochs: 2, batchSize: 12}
      """;

  private static final String PROVIDER =
      """
      package other;
      import dev.dl.models.*;
      import dev.dl.models.graph.*;
      import java.util.List;
      public final class Other implements ModelProvider {
        @Override public List<Model> models() {
          Input input = ImageInput.of(1, 8, 8);
          Architecture architecture = (shape, head) -> %s;
          return List.of(new Model("%s", "Other", "", input, Head.classes(2), architecture));
        }
      }
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void compileAndTrain() throws Exception {
    PluginJar.example(Files.createDirectory(folder.resolve("plugins")), "my-models.jar");
    SmallData.idx(folder.resolve("data"), 120, 30);
    SmallData.pictures(folder.resolve("pictures"), "test", 1);
    Files.writeString(folder.resolve("own.yaml"), CONFIG);
    dl(0, "train", "own.yaml", "--plugins", "plugins/my-models.jar", "--run", "whole");
  }

  private static DlProcess.Result dl(int exitCode, String... words) throws Exception {
    return DlProcess.run(folder, words).requireExitCode(exitCode);
  }

  @Test
  void listsAndDrawsThemBesideThoseOfTheCatalogue() throws Exception {
    assertThat(dl(0, "models", "--plugins", "plugins").out())
        .contains("resnet20")
        .containsPattern("my-nin +NiN +966,986 +[0-9,]+ +3x32x32 +https://arxiv.org/abs/1312.4400");
    assertThat(dl(0, "models", "my-nin", "--plugins", "plugins").out())
        .containsPattern("block1.0 +Convolution +192x32x32 +14,592 ");
  }

  @Test
  void measuresThemAndTakesTheirConfigurations() throws Exception {
    String[] measure = {"models", "my-nin-small", "--measure", "--seconds", "1", "--batch", "2"};
    assertThat(dl(0, with(measure, "plugins")).out())
        .containsPattern("my-nin-small +2 +3x32x32 +[0-9.,]+ +[0-9.,]+ +images/s\n");
    assertThat(dl(0, "config", "own.yaml", "--plugins", "plugins").out())
        .contains("name: my-nin-small\n");
    dl(0, "data", "check", "own.yaml", "--plugins", "plugins");
  }

  @Test
  void aRunRecordsItsPluginAndNeedsItAgain() throws Exception {
    JsonNode recorded = json("whole/provenance.json").get("plugin");
    assertThat(recorded.get("file").asText()).isEqualTo("my-models.jar");
    assertThat(recorded.get("sha256").asText()).hasSize(64);
    String remedy =
        "dl: --plugins: got no plugin with the model my-nin-small, expected my-models.jar, which the"
            + " run began with; add --plugins and the path of that jar\n";
    assertThat(dl(2, "evaluate", "whole").err()).isEqualTo(remedy);
    assertThat(dl(2, "train", "--resume", "--run", "whole").err()).isEqualTo(remedy);
    assertThat(dl(2, "train", "own.yaml").err())
        .startsWith("dl: model.name: got my-nin-small, expected a name that ./dl models lists");

    dl(0, "evaluate", "whole", "--plugins", "plugins", "--json", "e.json");
    assertThat(json("e.json").get("loss")).isEqualTo(json("whole/summary.json").at("/test/loss"));
    dl(0, "predict", "whole", "pictures/test", "--plugins", "plugins", "--json", "p.json");
    assertThat(json("p.json")).hasSize(2);
  }

  @Test
  void resumesWithTheSameJarOnly() throws Exception {
    String[] stopped = {"train", "own.yaml", "training.maximumDuration=1ms", "--run", "run"};
    assertThat(dl(0, with(stopped, "plugins")).err())
        .contains("to resume: ./dl train --resume --run run --plugins plugins\n");
    Path changed = Files.createDirectory(folder.resolve("changed"));
    PluginJar.example(changed, "my-models.jar");
    Files.write(changed.resolve("my-models.jar"), withComment(changed.resolve("my-models.jar")));
    String[] resume = {"train", "--resume", "--run", "run", "training.maximumDuration=null"};

    assertThat(dl(2, with(resume, "changed")).err())
        .startsWith("dl: --plugins: got my-models.jar that has changed since the run began")
        .hasLineCount(1);
    dl(0, with(resume, "plugins"));

    assertThat(RunResult.of(folder.resolve("run")))
        .isEqualTo(RunResult.of(folder.resolve("whole")));
    assertThat(dl(0, "evaluate", "run", "--plugins", "changed").err())
        .contains("my-models.jar has changed since the run began; its results may be others");
  }

  /** A jar may end with a comment; its length stands before it. */
  private static byte[] withComment(Path jar) throws IOException {
    byte[] bytes = Files.readAllBytes(jar);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length - 2] = 1;
    return longer;
  }

  private static String[] with(String[] words, String plugins) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--plugins", plugins));
    return all.toArray(String[]::new);
  }

  @Test
  void refusesWhatIsNoPluginOrDoesNotWork() throws Exception {
    Files.writeString(folder.resolve("text.jar"), "text");
    Files.createDirectories(folder.resolve("none"));
    String defines = "Graph.of(Node.input(shape.shape()))";

    assertThat(refused("missing.jar", 66))
        .isEqualTo("dl: missing.jar: no such file or directory\n");
    assertThat(refused("text.jar", 2)).contains("--plugins: got text.jar (").contains("a jar or a");
    assertThat(refused("none", 2))
        .contains("--plugins: got [none] without a model, expected META-");
    assertThat(refused(other("taken.jar", "other.Other", defines, "resnet20"), 2))
        .contains("got a second model resnet20 in taken.jar, expected names that no other model");
    assertThat(refused(other("class.jar", "other.None", defines, "x"), 2))
        .contains("class.jar")
        .contains("Provider other.None not found");
    assertThat(refused(other("broken.jar", "other.Other", "null", "x"), 2))
        .contains("broken.jar: x (")
        .contains("expected a plugin that works");
    assertThat(refused(other("name.jar", "other.Other", defines, "a b"), 2))
        .contains("got 'a b' in");
  }

  private static String refused(String plugin, int exitCode) throws Exception {
    String err = dl(exitCode, "models", "--plugins", plugin).err();
    assertThat(err).hasLineCount(1);
    return err;
  }

  private static String other(String jar, String service, String defines, String name)
      throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src-" + jar).resolve("other"));
    Files.writeString(sources.resolve("Other.java"), PROVIDER.formatted(defines, name));
    PluginJar.of(sources, service, folder.resolve(jar));
    return jar;
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
