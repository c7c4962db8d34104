package dev.dl.cli.process;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.run.Provenance;
import dev.dl.core.run.RunFiles;
import dev.dl.core.run.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs that learn from another. */
@EnabledOnOs(OS.LINUX)
class DistillationTest {
  private static final String CONFIG =
      """
      name: pictures
      backend: cpu
      data: {source: idx, path: data}
      model: {name: mlp}
      training: {epochs: 3, batchSize: 20, checkpoint: {everySteps: 5, keep: 100}}
      """;

  private static final String TEACHER = "training.distillation={teacher: teacher, mix: 1}";

  @TempDir private static Path folder;

  @BeforeAll
  static void trainTeacher() throws Exception {
    SmallData.idx(folder.resolve("data"), 202, 60);
    Files.writeString(folder.resolve("run.yaml"), CONFIG);
    train("teacher", "model.name=convnet").requireExitCode(0);
  }

  private static DlProcess.Result train(String run, String... overrides) throws Exception {
    return DlProcess.run(
        folder,
        Stream.concat(Stream.of("train", "run.yaml", "--run", run), Stream.of(overrides))
            .toArray(String[]::new));
  }

  /** By what the teacher says alone, of pictures that are mixed. */
  @Test
  void learnsFromTheTeacherWhoseWeightsItRecords() throws Exception {
    train("student", TEACHER, "data.augmentation.mixup=0.2", "training.microBatchSize=7")
        .requireExitCode(0);
    Summary teacher = RunFiles.of(folder.resolve("teacher")).readSummary();
    RunFiles student = RunFiles.of(folder.resolve("student"));
    assertThat(student.readSummary().test().get("accuracy")).isGreaterThan(0.8);
    assertThat(student.readProvenance().teacher())
        .isEqualTo(new Provenance.Teacher("teacher", teacher.weightsSha256()));
    DlProcess.run(folder, "evaluate", "student").requireExitCode(0);
  }

  @Test
  void resumesToTheSameWeightsWithTheSameTeacherOnly() throws Exception {
    train("whole", TEACHER).requireExitCode(0);
    train("resumed", TEACHER).requireExitCode(0);
    RunFiles run = RunFiles.of(folder.resolve("resumed"));
    Files.delete(run.summary());
    try (Stream<Path> checkpoints = Files.list(run.checkpoints())) {
      for (Path checkpoint : checkpoints.filter(Files::isDirectory).toList()) {
        if (Long.parseLong(checkpoint.getFileName().toString().substring(5)) > 5) {
          delete(checkpoint);
        }
      }
    }
    Path aside = folder.resolve("aside");
    Path teacher = folder.resolve("teacher");
    Files.move(teacher, aside);
    try {
      assertOneLine(resume(), 66).contains("teacher/spec.yaml: no such file");
      train("teacher", "model.name=convnet", "seed=2").requireExitCode(0);
      assertOneLine(resume(), 65)
          .contains("training.distillation.teacher teacher: found weights with the SHA-256 ")
          .endsWith("as when the run began; put that teacher back");
      delete(teacher);
    } finally {
      Files.move(aside, teacher);
    }
    resume().requireExitCode(0);
    assertThat(RunResult.of(run.root())).isEqualTo(RunResult.of(folder.resolve("whole")));
  }

  private static DlProcess.Result resume() throws Exception {
    return DlProcess.run(folder, "train", "--resume", "--run", "resumed");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void saysInOneLineWhatTheTeacherLacks() throws Exception {
    assertOneLine(train("none", "training.distillation.teacher=nowhere"), 66)
        .contains("nowhere/spec.yaml: no such file");
    assertOneLine(train("normalized", TEACHER, "data.validationFraction=0.2"), 65)
        .contains("training.distillation.teacher teacher: found normalization.")
        .contains("as in this run's data");
    SmallData.pictures(folder.resolve("two"), "train", 20);
    assertOneLine(train("two-classes", TEACHER, "data={source: image-folder, path: two}"), 65)
        .contains("training.distillation.teacher teacher: found ");
    String rows = IntStream.range(0, 40).mapToObj(i -> i + "," + i % 7 + ".5\n").collect(joining());
    Files.writeString(folder.resolve("numbers.csv"), "a,y\n" + rows);
    assertOneLine(
            train(
                "numbers",
                TEACHER,
                "data={source: table, train: numbers.csv, target: {column: y, kind: quantity}}"),
            2)
        .contains("training.distillation: got a network that tells values");
    assertOneLine(train("probe", TEACHER, "fineTuning={probe: true}", "model.name=convnet"), 2)
        .contains("training.distillation: got a teacher with fineTuning.probe");
    Path unfinished = folder.resolve("unfinished");
    train("unfinished").requireExitCode(0);
    Files.delete(unfinished.resolve("summary.json"));
    assertOneLine(train("early", "training.distillation.teacher=unfinished"), 65)
        .contains("unfinished: found a run that is not finished, expected a finished one");
    assertThat(folder.resolve("normalized")).doesNotExist();
  }

  private static AbstractStringAssert<?> assertOneLine(DlProcess.Result result, int exitCode) {
    result.requireExitCode(exitCode);
    return assertThat(
            result.err().lines().filter(line -> !line.matches("dl: (training |backend ).*")))
        .singleElement()
        .asString()
        .startsWith("dl: ");
  }
}
