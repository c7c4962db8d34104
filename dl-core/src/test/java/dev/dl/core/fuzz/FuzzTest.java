package dev.dl.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers of other people's files, given damaged ones: from a fixed seed, for a fixed time. */
class FuzzTest {
  private static final Duration SHORT = Duration.ofMillis(Integer.getInteger("fuzz.millis", 700));
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Path CRASHERS = Path.of("src", "test", "resources", "fuzz");

  @TempDir private static Path folder;
  private static Map<String, FuzzTarget> targets;

  @BeforeAll
  static void make() throws Exception {
    targets = FuzzTargets.in(folder);
  }

  static Stream<String> names() {
    return FuzzTargets.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsOrRefusesAnyDamage(String name) throws IOException {
    assertThat(targets).hasSameSizeAs(FuzzTargets.NAMES);
    targets.get(name).fuzz(SHORT);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("names")
  void readsOrRefusesAnyDamageForLong(String name) throws IOException {
    targets.get(name).fuzz(LONG);
  }

  /** Files that broke a reader before it was mended, in a folder for each target. */
  static List<Path> crashers() throws IOException {
    try (Stream<Path> files = Files.walk(CRASHERS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("crashers")
  void readsOrRefusesWhatOnceBrokeIt(Path crasher) throws IOException {
    String name = crasher.getParent().getFileName().toString();
    targets.get(name).tried(Files.readAllBytes(crasher));
  }

  /** A mutator that never damages anything would let every reader pass. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": [1, 2]}", "a"})
  void damageIsDoneAndTheSameForASeed(String text) {
    Mutator mutator = new Mutator(List.of("{", "\""));
    byte[] whole = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    long changed =
        java.util.stream.LongStream.range(0, 100)
            .filter(seed -> !java.util.Arrays.equals(mutator.damaged(whole, seed), whole))
            .count();
    assertThat(changed).isGreaterThan(60);
    assertThat(mutator.damaged(whole, 7)).isEqualTo(mutator.damaged(whole, 7));
  }
}
