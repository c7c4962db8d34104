package dev.dl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.config.ConfigReader;
import dev.dl.models.KnownModels;
import dev.dl.training.search.TuneSpec;
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
  private static final int SHIPPED = 26;

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

  /** Searches and studies are known by what only they have. */
  private static String name(Path file) throws IOException {
    if (Files.readString(file).contains("\nbudget:")
        && !Files.readString(file).contains("\nspace:")) {
      StudySpec study = StudySpec.read(file, List.of());
      assertThat(StudyPlan.specs(study, KnownModels.shipped())).hasSizeGreaterThan(1);
      return study.name();
    }
    return Files.readString(file).contains("\nspace:")
        ? ConfigReader.read(file, List.of(), TuneSpec.class).name()
        : SpecFile.read(file, List.of(), KnownModels.shipped()).name();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void isAcceptedAndNamedAfterItsFile(Path file) throws IOException {
    assertThat(name(file)).isEqualTo(file.getFileName().toString().replace(".yaml", ""));
  }
}
