package dev.dl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.models.KnownModels;
import dev.dl.training.study.StudyPlan;
import dev.dl.training.study.StudySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations that are shipped in {@code configs/}. */
class ConfigsTest {
  private static final Path FOLDER = Path.of("..", "configs");
  private static final int SHIPPED = 23;

  static List<Path> configs() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void seesEveryConfiguration() throws IOException {
    assertThat(configs())
        .hasSize(SHIPPED)
        .allSatisfy(file -> assertThat(file.toString()).endsWith(".yaml"));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void isAcceptedAndNamedAfterItsFile(Path file) throws IOException {
    assertThat(name(file)).isEqualTo(file.getFileName().toString().replace(".yaml", ""));
  }

  private static String name(Path file) throws IOException {
    if (file.getFileName().toString().startsWith("study-")) {
      StudySpec study = StudySpec.read(file, List.of());
      assertThat(StudyPlan.specs(study, KnownModels.shipped())).hasSizeGreaterThan(1);
      return study.name();
    }
    return SpecFile.read(file, List.of(), KnownModels.shipped()).name();
  }
}
