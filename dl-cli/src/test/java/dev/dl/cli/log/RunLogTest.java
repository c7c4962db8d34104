package dev.dl.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.run.FileSystem;
import dev.dl.core.run.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RunLogTest {
  @TempDir private Path folder;

  @Test
  void keepsEverythingOfOursAndTheNewsOfOthersWhileAttached() throws IOException {
    Path file = folder.resolve("log.txt");
    try (RunLog log = RunLog.attach(file, FileSystem.local())) {
      LoggerFactory.getLogger("dev.dl.Something").debug("in detail");
      LoggerFactory.getLogger("org.nd4j.Something").info("started");
      LoggerFactory.getLogger("org.nd4j.Something").debug("too much");
    }
    LoggerFactory.getLogger("dev.dl.Something").debug("later");

    assertThat(Files.readString(file))
        .contains("DEBUG Something: in detail\n", "INFO  Something: started\n")
        .doesNotContain("too much", "later");
  }

  @Test
  void goesOnWithTheLogOfAResumedRun() throws IOException {
    Path file = folder.resolve("log.txt");
    for (String message : new String[] {"first", "second"}) {
      try (RunLog log = RunLog.attach(file, FileSystem.local())) {
        LoggerFactory.getLogger("dev.dl.Something").info(message);
      }
    }

    assertThat(Files.readString(file)).contains("first\n", "second\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLineThatCannotBeWrittenEndsTheRunAfterTheStep() throws Exception {
    RunLog log = RunLog.attach(Path.of("/dev/full"), FileSystem.local());
    assertThat(log.afterStep(null)).isEmpty();

    LoggerFactory.getLogger("dev.dl.Something").info("lost");

    assertThatThrownBy(() -> log.afterStep(null))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(StorageException.class);
    assertThatThrownBy(() -> log.afterEpoch(null)).hasMessageContaining("No space left on device");
    assertThatThrownBy(log::close).isInstanceOf(StorageException.class);
  }
}
