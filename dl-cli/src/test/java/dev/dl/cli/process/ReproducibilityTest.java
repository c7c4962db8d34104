package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same spec gives the same weights, wherever and however it is started. */
@EnabledOnOs(OS.LINUX)
class ReproducibilityTest {
  private static final String CONFIG =
      """
      name: trial
      backend: cpu
      data:
        source: idx
        path: data
        augmentation: {randomCropPadding: 1}
      model: {name: mlp}
      training: {epochs: 2, batchSize: 20}
      """;

  private static final String SCRIPT =
      """
      export LC_ALL=C
      mv data d\u00e4ten
      ./dl train trial.yaml data.path=d\u00e4ten --run 'l\u00e4ufe/gr\u00f6\u00dfe 1' && mv l\u00e4ufe/gr* moved
      """;

  @TempDir private static Path folder;
  private static RunResult first;

  @BeforeAll
  static void train() throws Exception {
    SmallData.idx(folder.resolve("data"), 60, 12);
    Files.writeString(folder.resolve("trial.yaml"), CONFIG);
    DlProcess.run(folder, "train", "trial.yaml", "--run", "first").requireExitCode(0);
    first = RunResult.of(folder.resolve("first"));
  }

  @Test
  void comesToTheSameWeightsInAnotherLanguageWithTheSameSeed() throws Exception {
    List<String> turkish = List.of("-Duser.language=tr", "-Duser.country=TR");
    try (DlProcess dl =
        DlProcess.start(folder, turkish, "train", "trial.yaml", "--run", "turkish")) {
      dl.await().requireExitCode(0);
    }

    assertThat(RunResult.of(folder.resolve("turkish"))).isEqualTo(first);
    assertThat(spec("turkish")).isEqualTo(spec("first"));
  }

  @Test
  void comesToTheSameWeightsWithoutPreflight() throws Exception {
    DlProcess.run(folder, "train", "trial.yaml", "training.preflight=false", "--run", "untried")
        .requireExitCode(0);

    assertThat(RunResult.of(folder.resolve("untried"))).isEqualTo(first);
    assertThat(Files.readString(folder.resolve("first/log.txt"))).contains("preflight: trained, ");
    assertThat(Files.readString(folder.resolve("untried/log.txt"))).doesNotContain("preflight: ");
    assertThat(folder.resolve("first/.preflight")).doesNotExist();
  }

  @Test
  void comesToOtherWeightsWithAnotherSeed() throws Exception {
    DlProcess.run(folder, "train", "trial.yaml", "seed=2", "--run", "second").requireExitCode(0);

    RunResult second = RunResult.of(folder.resolve("second"));
    assertThat(second.weightsSha256()).isNotEqualTo(first.weightsSha256());
    assertThat(second.steps()).isEqualTo(first.steps());
  }

  /** Beside a second copy of OpenMP's library, as was seen beside many other processes. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "cpu:0,1"})
  void comesToTheSameWeightsBesideAnotherOpenMp(String backend) throws Exception {
    String name = backend.replaceAll("[:,]", "-");
    Path copy = folder.resolve("libgomp-" + name + ".so");
    Files.copy(openMp(), copy);
    String[] train = {
      "train", "trial.yaml", "backend=" + backend, "model={name: convnet}", "--run", name
    };
    onTwoThreads(List.of(), train);
    train[train.length - 1] = name + "-copy";
    onTwoThreads(List.of("LD_PRELOAD=" + copy), train);

    assertThat(RunResult.of(folder.resolve(name + "-copy")))
        .isEqualTo(RunResult.of(folder.resolve(name)));
  }

  private static void onTwoThreads(List<String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "OMP_NUM_THREADS=2"));
    command.addAll(environment);
    command.addAll(DlProcess.command(List.of(), arguments));
    try (DlProcess dl = DlProcess.start(folder, new ProcessBuilder(command))) {
      dl.await().requireExitCode(0);
    }
  }

  /** Where the runs before have unpacked it. */
  private static Path openMp() throws IOException {
    try (Stream<Path> files = Files.walk(Loader.getCacheDir().toPath())) {
      return files
          .filter(file -> file.toString().matches(".*/dnnl-.*/libgomp\\.so\\.1"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** A shell writes the names, since the locale of this test may not know such letters. */
  @Test
  void comesToTheSameWeightsThroughTheLauncherWhereTheLocaleIsPlain(@TempDir Path project)
      throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("sh", BuiltProject.script(project, SCRIPT).toString());
    shell.environment().putAll(BuiltProject.environment(project));
    Files.writeString(project.resolve("trial.yaml"), CONFIG);
    SmallData.idx(project.resolve("data"), 60, 12);

    try (DlProcess dl = DlProcess.start(project, shell)) {
      DlProcess.Result result = dl.await().requireExitCode(0);
      assertThat(result.out()).isEqualTo("l\u00e4ufe/gr\u00f6\u00dfe 1\n");
    }

    assertThat(RunResult.of(project.resolve("moved"))).isEqualTo(first);
  }

  private static byte[] spec(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("spec.yaml"));
  }
}
