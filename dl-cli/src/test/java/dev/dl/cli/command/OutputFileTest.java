package dev.dl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path folder;

  @Test
  void aFailureLeavesWhatWasThereAndNothingElse() throws Exception {
    Path file = Files.writeString(folder.resolve("out.json"), "old");

    assertThatThrownBy(
            () ->
                OutputFile.replace(
                    file,
                    output -> {
                      output.write("half".getBytes(StandardCharsets.UTF_8));
                      assertThat(file).hasContent("old");
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");

    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void replacesWhatALinkLeadsTo() throws Exception {
    Path file = Files.writeString(folder.resolve("out.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    OutputFile.replace(link, "new");

    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(file).hasContent("new");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void feedsDevices() throws Exception {
    OutputFile.replace(Path.of("/dev/null"), "gone");

    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void refusesAFolderThatIsMissingAndAPlaceThatIsAFolder() {
    assertThatThrownBy(() -> OutputFile.replace(folder.resolve("none/out.json"), "text"))
        .isInstanceOf(CannotCreateException.class);
    assertThatThrownBy(() -> OutputFile.replace(folder, "text"))
        .isInstanceOf(CannotCreateException.class);
  }
}
