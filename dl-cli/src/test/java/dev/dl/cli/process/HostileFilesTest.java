package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One process of little memory meets all hostile files one after the other. */
@EnabledOnOs(OS.LINUX)
class HostileFilesTest {
  private static final long MOST_MILLISECONDS = 1_000;

  @TempDir private static Path folder;

  @Test
  void eachIsRefusedWithinASecondAndInLittleMemory() throws Exception {
    Map<String, String> words = new LinkedHashMap<>(HostileFiles.write(folder));
    assertThat(words).hasSize(42);
    Path list = folder.resolve("words.txt");
    List<String> lines = new ArrayList<>(words.values());
    lines.addAll(0, words.values()); // once to load the classes
    Files.write(list, lines);
    List<String> command =
        new ArrayList<>(
            DlProcess.command(List.of("-Xms16m", "-Xmn16m", "-Xmx128m"), list.toString()));
    command.set(command.indexOf("dev.dl.cli.Main"), "dev.dl.cli.ManyVerbs");

    DlProcess.Result result;
    try (DlProcess dl = DlProcess.start(folder, new ProcessBuilder(command))) {
      result = dl.await().requireExitCode(0);
    }

    List<String> outcomes = result.out().lines().skip(words.size()).toList();
    assertThat(outcomes).hasSameSizeAs(words.values());
    List<String> names = List.copyOf(words.keySet());
    SoftAssertions all = new SoftAssertions();
    for (int i = 0; i < names.size(); i++) {
      String[] outcome = outcomes.get(i).split("\t");
      String named = names.get(i) + ": " + outcome[2];
      all.assertThat(outcome[0]).as("exit code of %s", named).isEqualTo("65");
      all.assertThat(outcome[2]).as(named).startsWith("dl: ").doesNotContain("this is a bug");
      all.assertThat(Integer.parseInt(outcome[1])).as("lines of %s", named).isLessThan(25);
      all.assertThat(Long.parseLong(outcome[3]))
          .as("milliseconds of %s", named)
          .isLessThan(MOST_MILLISECONDS);
    }
    all.assertAll();
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
