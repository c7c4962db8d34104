package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts, language and tables, in memory and in a file: the same batches whenever they begin. */
class ResumedEpochTest {
  private static final int BATCH_SIZE = 4;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"text", "language", "table"})
  void anEpochThatBeginsLaterGoesOnWithTheSameBatches(String source) throws IOException {
    for (long memoryBudget : new long[] {1 << 20, 50}) {
      Samples samples = samples(source, memoryBudget);
      List<Batch> whole = epoch(samples, 0, 1);

      for (int first = 0; first < whole.size(); first++) {
        for (int threads : new int[] {1, 3}) {
          assertThat(epoch(samples, first, threads))
              .usingRecursiveComparison()
              .isEqualTo(whole.subList(first, whole.size()));
        }
      }
    }
  }

  private static List<Batch> epoch(Samples samples, int first, int threads) {
    int[][] order = samples.shuffled(5, 2, BATCH_SIZE);
    List<Batch> batches = new ArrayList<>();
    try (Prefetcher prefetcher =
        Prefetcher.start(
            first,
            order.length,
            batch -> samples.trainingBatch(order[batch], 5, 2, batch),
            threads,
            Duration.ofMinutes(1))) {
      prefetcher.forEachRemaining(batches::add);
    }
    return batches;
  }

  private Samples samples(String source, long memoryBudget) throws IOException {
    StringBuilder rows = new StringBuilder("text,size,label\n");
    for (int i = 0; i < 30; i++) {
      rows.append("word ".repeat(i % 11 + 1)).append(",").append(i).append(",c").append(i % 2);
      rows.append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
    Files.writeString(folder.resolve("text.txt"), rows);
    String file = source.equals("language") ? "text.txt" : "rows.csv";
    DatasetCatalog catalog =
        DatasetCatalog.of(
            List.of(
                new TextSource(memoryBudget),
                new LanguageSource(memoryBudget),
                new TableSource(memoryBudget)),
            folder.resolve("unused"));
    DataSpec spec = Specs.data(source, "train=" + file, "validationFraction=0", "text.length=16");
    return DataSplits.open(spec, folder, catalog).train();
  }
}
