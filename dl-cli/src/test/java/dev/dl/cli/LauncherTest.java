package dev.dl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in a project, and with a JDK and a Maven, that are made up: they note their calls.
 */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  private static final String PATH = "/usr/bin:/bin";

  @TempDir private Path folder;
  private Path project;
  private Path jdk;
  private Path tools;
  private final Map<String, String> environment = new HashMap<>();

  /** How the launcher ended. */
  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void makeUpAProject() throws IOException {
    project = Files.createDirectories(folder.resolve("my project"));
    Files.copy(Path.of("..", "dl"), project.resolve("dl"));
    project.resolve("dl").toFile().setExecutable(true);
    Files.createDirectories(project.resolve("dl-cli/src/main/java"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.writeString(project.resolve("dl-cli/pom.xml"), "<project/>");
    jdk = jdk("17.0.9");
    tools = Files.createDirectories(folder.resolve("tools"));
    script(
        tools.resolve("mvn"),
        """
        echo built "$@" >>"$CALLS"
        mkdir -p dl-cli/target/lib
        case "$*" in *-Pcuda*) touch dl-cli/target/lib/nd4j-cuda-11.6-1.jar ;; esac
        touch dl-cli/target/lib/dl-core-1.jar dl-cli/target/lib/picocli-4.jar dl-cli/target/dl-cli-1.jar
        """);
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", tools + ":" + PATH);
    environment.put("CALLS", folder.resolve("calls").toString());
  }

  @Test
  void buildsOnFirstUseAndThenRunsJavaWithTheArguments() throws Exception {
    Result result = launch("train", "a config.yaml", "x=1 2");

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out()).contains("<dev.dl.cli.Main><train><a config.yaml><x=1 2>");
    assertThat(result.err()).isEqualTo("dl: building (first use, downloads about 300 MB) …\n");
  }

  @Test
  void buildsOnceAndAgainOnlyWhenSourcesChanged() throws Exception {
    launch("models");
    assertThat(launch("models").err()).isEmpty();
    assertThat(builds()).isEqualTo(1);

    Path source = Files.writeString(project.resolve("dl-cli/src/main/java/A.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(launch("models").err()).isEqualTo("dl: building (sources changed) …\n");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void buildsItsOwnCopyAfterMavenWasCalledByHand() throws Exception {
    Files.createDirectories(project.resolve("dl-cli/target/lib"));

    assertThat(launch("models").err()).isEqualTo("dl: building (first use) …\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainAfterTheTargetFolderIsGone() throws Exception {
    launch("models");
    launch("models");
    try (var files = Files.walk(project.resolve("dl-cli/target"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    launch("models");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void buildsOnceForSeveralFirstUsesAtATime() throws Exception {
    List<Process> processes = List.of(start("models"), start("models"), start("models"));
    for (Process process : processes) {
      assertThat(process.waitFor()).isEqualTo(7);
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void worksThroughASymbolicLinkFromElsewhere() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), project.resolve("dl"));

    Result result = finish(new ProcessBuilder(link.toString(), "models"));

    assertThat(result.exitCode()).isEqualTo(7);
  }

  @Test
  void showsTheEndOfTheLogWhenTheBuildFails() throws Exception {
    script(tools.resolve("mvn"), "echo this went wrong; exit 1");

    Result result = launch("models");

    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.err())
        .contains("this went wrong")
        .contains("dl: the build failed; the whole log is " + project)
        .contains("build.log");
  }

  @Test
  void saysWhenMavenIsMissing() throws Exception {
    Files.delete(tools.resolve("mvn"));
    Path bare = Files.createDirectories(folder.resolve("bare"));
    for (String tool :
        List.of(
            "awk",
            "uname",
            "nproc",
            "getconf",
            "find",
            "head",
            "mkdir",
            "flock",
            "stty",
            "readlink")) {
      script(bare.resolve(tool), "PATH=" + PATH + " exec " + tool + " \"$@\"");
    }
    environment.put("PATH", bare.toString());

    assertRefused(launch("models"), "no Maven found (mvn)");
  }

  @Test
  void saysWhenJavaIsMissing() throws Exception {
    environment.put("JAVA_HOME", folder.resolve("nowhere").toString());

    assertRefused(launch("models"), "where there is no bin/java");
  }

  @Test
  void saysWhenJavaIsTooOld() throws Exception {
    environment.put("JAVA_HOME", jdk("11.0.22").toString());

    assertRefused(launch("models"), "is Java 11.0.22; dl needs a JDK 17 or newer");
  }

  @Test
  void leavesAloneWhatTheUserSet() throws Exception {
    environment.put("OMP_NUM_THREADS", "3");
    environment.put("DL_JAVA_OPTIONS", "-Xmx1g");

    assertThat(launch("train").out()).contains("threads=3", "<-Xmx1g>");
  }

  @Test
  void reproducesWithTheThreadsOfTheRun() throws Exception {
    Path run = Files.createDirectories(folder.resolve("the run"));
    Files.writeString(
        run.resolve("provenance.json"),
        "{\n  \"machine\" : {\n    \"cores\" : 8,\n    \"threads\" : 7\n  }\n}\n");

    assertThat(launch("reproduce", "--quiet", "the run").out()).contains("threads=7\n");
    assertThat(launch("evaluate", "the run").out()).doesNotContain("threads=7\n");
    environment.put("OMP_NUM_THREADS", "3");
    assertThat(launch("reproduce", "the run").out()).contains("threads=3\n");
  }

  @Test
  void opensTheDoorsThatNewerJdksClose() throws Exception {
    assertThat(launch("train").out()).doesNotContain("--enable-native-access");
    environment.put("JAVA_HOME", jdk("25.0.1").toString());
    assertThat(launch("train").out()).contains("<--enable-native-access=ALL-UNNAMED>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train cpu.yaml --backend cuda",
        "train cpu.yaml --backend=cuda:1",
        "train cpu.yaml backend=cuda",
        "train cuda.yaml",
        "train --resume --run run",
        "predict run picture.png",
        "benchmark mlp --backend cuda"
      })
  void buildsWithCudaWhenTheCallOrItsConfigurationOrRunAsksForIt(String call) throws Exception {
    writeConfigurations();

    Result result = launch(call.split(" "));

    assertThat(result.err()).contains("building with CUDA (downloads about 2.4 GB");
    assertThat(result.out()).contains("nd4j-cuda-11.6-1.jar", "<dev.dl.cli.Main>");
    assertThat(builds()).isEqualTo(2);
    assertThat(launch("models").err()).as("keeps it").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train cpu.yaml",
        "train cuda.yaml --backend cpu",
        "train cuda.yaml backend=auto",
        "data get cuda"
      })
  void buildsWithoutCudaOtherwise(String call) throws Exception {
    writeConfigurations();

    assertThat(launch(call.split(" ")).out()).doesNotContain("cuda-11.6");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void downloadsNoCudaThatNoDeviceCouldRun() throws Exception {
    environment.put("CUDA_CHECK", "69");

    Result result = launch("train", "--backend", "cuda");

    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.out()).isEmpty();
    assertThat(Files.readString(folder.resolve("calls"))).doesNotContain("-Pcuda");
  }

  @Test
  void runsFromAnUnpackedArchiveWithoutMaven() throws Exception {
    Path unpacked = Files.createDirectories(folder.resolve("unpacked/lib"));
    Path launcher = Files.copy(project.resolve("dl"), unpacked.resolveSibling("dl"));
    for (String jar : List.of("jackson-2.jar", "dl-core-1.jar", "picocli-4.jar")) {
      Files.createFile(unpacked.resolve(jar));
    }
    environment.put("PATH", PATH);

    Result result = finish(new ProcessBuilder(launcher.toString(), "models", "--json"));

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .containsSubsequence(
            "lib/dl-core-1.jar", "lib/picocli-4.jar", "lib/jackson-2.jar", "<models><--json>");
  }

  private void writeConfigurations() throws IOException {
    Files.writeString(folder.resolve("cpu.yaml"), "name: a\nbackend: cpu\n");
    Files.writeString(folder.resolve("cuda.yaml"), "name: cuda\nbackend: \"cuda:1\"");
    Files.createDirectory(folder.resolve("run"));
    Files.writeString(folder.resolve("run/spec.yaml"), "name: a\nbackend: cuda\ndata:\n");
  }

  private static void assertRefused(Result result, String message) {
    assertThat(result.exitCode()).isEqualTo(69);
    assertThat(result.err()).startsWith("dl: ").contains(message).hasLineCount(1);
  }

  private Path jdk(String version) throws IOException {
    Path home = folder.resolve("jdk " + version);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/javac"), "exit 0");
    script(
        home.resolve("bin/java"),
        "case \"$*\" in *dev.dl.cli.CudaCheck*) exit ${CUDA_CHECK:-0} ;; esac; "
            + "echo threads=$OMP_NUM_THREADS; for argument; do printf '<%s>' \"$argument\"; done; exit 7");
    return home;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("calls")).size();
  }

  private Result launch(String... arguments) throws Exception {
    return finish(start(arguments));
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of(project.resolve("dl").toString()));
    command.addAll(List.of(arguments));
    return process(new ProcessBuilder(command));
  }

  private Result finish(ProcessBuilder builder) throws Exception {
    return finish(process(builder));
  }

  private Process process(ProcessBuilder builder) throws IOException {
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.directory(folder.toFile()).start();
  }

  private static Result finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, err);
  }
}
