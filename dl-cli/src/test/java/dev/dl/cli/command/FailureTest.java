package dev.dl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dl.core.backend.BackendUnavailableException;
import dev.dl.core.config.ConfigException;
import dev.dl.core.data.DataMissingException;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.RunLockedException;
import dev.dl.core.run.RunNotWritableException;
import dev.dl.core.run.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

  static Stream<Arguments> table() {
    return Stream.of(
        arguments(new ConfigException("a.b", "0", "at least 1", ""), 2),
        arguments(new OutOfMemoryError("Java heap space"), 3),
        arguments(new RuntimeException("Allocation failed: [Requested amount exceeds limits]"), 3),
        arguments(new DataException(List.of("a.png: empty")), 65),
        arguments(new DamagedFileException(Path.of("state.json"), "text", "JSON"), 65),
        arguments(new RunNotWritableException(Path.of("runs"), "a file", "choose another"), 73),
        arguments(new RunLockedException(Path.of("runs/a"), "process 7"), 75),
        arguments(new StorageException(Path.of("runs/a"), new IOException("disk full")), 74),
        arguments(new DataMissingException("nothing in data/"), 66),
        arguments(new NoSuchFileException("x.yaml"), 66),
        arguments(new BackendUnavailableException("cuda", "no driver", "use cpu"), 69),
        arguments(new UnsatisfiedLinkError("libx"), 69),
        arguments(new FileAlreadyExistsException("runs"), 73),
        arguments(new FileSystemException("x", null, "No space left on device"), 74),
        arguments(new IOException("Input/output error"), 74),
        arguments(new AccessDeniedException("runs"), 77),
        arguments(new IllegalStateException("oops"), 1));
  }

  @ParameterizedTest
  @MethodSource("table")
  void givesEachKindOfTroubleItsExitCode(Throwable thrown, int exitCode) {
    assertThat(Failure.of(thrown).exitCode().number()).isEqualTo(exitCode);
  }

  @Test
  void looksThroughWrappers() {
    Throwable wrapped =
        new CompletionException(new UncheckedIOException(new NoSuchFileException("x.yaml")));

    assertThat(Failure.of(wrapped).text()).isEqualTo("dl: x.yaml: no such file or directory\n");
  }

  @Test
  void saysWhichMemoryRanOut() {
    assertThat(Failure.of(new OutOfMemoryError("Java heap space")).text())
        .startsWith("dl: out of memory, of the heap of at most ")
        .contains("-Xmx8g");
    Throwable limit =
        new CompletionException(new RuntimeException("Allocation failed: [exceeds limits]"));
    assertThat(Failure.of(limit).text())
        .startsWith("dl: out of memory, of that for tensors: Allocation failed: [exceeds limits]; ")
        .contains("-Dorg.bytedeco.javacpp.maxBytes=8g")
        .hasLineCount(1);
  }

  @Test
  void takesAnUnforeseenExceptionForABug() {
    assertThat(Failure.of(new IllegalStateException("oops")).text())
        .isEqualTo(
            "dl: java.lang.IllegalStateException: oops; this is a bug, --debug shows where it"
                + " happened\n");
  }

  @Test
  void keepsControlCharactersOffTheTerminal() {
    assertThat(Failure.of(new NoSuchFileException("a\u001B[2J")).text()).doesNotContain("\u001B");
  }
}
