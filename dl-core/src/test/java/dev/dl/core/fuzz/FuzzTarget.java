package dev.dl.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A reader that is given damaged files: it reads or refuses each, soon, and with little memory.
 *
 * @param name of the folder with files that once broke it
 * @param file what the damaged files are called
 * @param seeds whole files that are damaged
 * @param words that mean something in the format
 * @param reader what is tried
 * @param refusals what it may throw
 */
public record FuzzTarget(
    String name,
    Path file,
    List<byte[]> seeds,
    List<String> words,
    Reader reader,
    List<Class<?>> refusals) {
  private static final long SEED = Long.getLong("fuzz.seed", 1);

  /** So many that some file is refused, also on a machine that others keep busy. */
  private static final int LEAST_ROUNDS = 40;

  /** Of the processor, not of the clock, which others keep waiting. */
  private static final Duration MOST_TIME = Duration.ofSeconds(1);

  /** All that is allocated, not what is held at once; a refused line takes some thousand bytes. */
  private static final long MOST_BYTES = 96 << 20;

  private static final long MOST_BYTES_PER_BYTE = 2_000;
  private static final Path FOUND = Path.of("target", "fuzz");

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Reads a file. */
  public interface Reader {
    void read(Path file) throws Exception;
  }

  /** Damages the seeds in turn, for a while; fails at the first file that breaks the reader. */
  public void fuzz(Duration duration) throws IOException {
    for (byte[] seed : seeds) {
      assertThat(outcome(seed)).as("what %s makes of a whole file", name).isEqualTo("read");
    }
    Mutator mutator = new Mutator(words);
    Set<String> outcomes = new HashSet<>();
    long deadline = System.nanoTime() + duration.toNanos();
    for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() < deadline; round++) {
      outcomes.add(tried(mutator.damaged(seeds.get(round % seeds.size()), SEED + round)));
    }
    assertThat(outcomes).as("outcomes of %s", name).contains("refused");
  }

  /** Tries one file, and keeps it if it breaks the reader. */
  public String tried(byte[] content) throws IOException {
    try {
      return outcome(content);
    } catch (AssertionError broken) {
      CRC32 hash = new CRC32();
      hash.update(content);
      Path kept = FOUND.resolve(name).resolve(HexFormat.of().toHexDigits((int) hash.getValue()));
      Files.createDirectories(kept.getParent());
      Files.write(kept, content);
      throw new AssertionError(
          name
              + ": "
              + broken.getMessage()
              + "; once mended, move to src/test/resources/fuzz: "
              + kept,
          broken);
    }
  }

  private String outcome(byte[] content) throws IOException {
    Files.write(file, content);
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    String outcome = "read";
    try {
      reader.read(file);
    } catch (Throwable thrown) {
      if (refusals.stream().noneMatch(refusal -> refusal.isInstance(thrown))) {
        throw new AssertionError("threw " + thrown, thrown);
      }
      assertThat(thrown.getMessage()).as("message").isNotBlank();
      outcome = "refused";
    }
    assertThat(THREADS.getCurrentThreadCpuTime() - nanos)
        .as("nanoseconds")
        .isLessThan(MOST_TIME.toNanos());
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes)
        .as("bytes")
        .isLessThan(MOST_BYTES + content.length * MOST_BYTES_PER_BYTE);
    return outcome;
  }
}
