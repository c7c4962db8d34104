package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All kinds of data, in memory and not: the same bytes whenever an epoch begins. */
class ResumedEpochTest {
  private static final int BATCH_SIZE = 4;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"image-folder", "text", "language", "table"})
  void anEpochThatBeginsLaterGoesOnWithTheSameBatches(String source) throws IOException {
    for (long memoryBudget : new long[] {1 << 20, 50}) {
      Samples samples = samples(source, memoryBudget);
      List<byte[]> whole = epoch(samples, 0, 1);

      for (int first = 0; first < whole.size(); first++) {
        for (int threads : new int[] {1, 3}) {
          assertThat(epoch(samples, first, threads))
              .containsExactlyElementsOf(whole.subList(first, whole.size()));
        }
      }
    }
  }

  private static List<byte[]> epoch(Samples samples, int first, int threads) {
    int[][] order = samples.shuffled(5, 2, BATCH_SIZE);
    List<byte[]> batches = new ArrayList<>();
    try (Prefetcher prefetcher =
        Prefetcher.start(
            first,
            order.length,
            batch -> samples.trainingBatch(order[batch], 5, 2, batch),
            threads,
            Duration.ofMinutes(1))) {
      prefetcher.forEachRemaining(batch -> batches.add(bytes(batch)));
    }
    return batches;
  }

  private static byte[] bytes(Batch batch) {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Float.BYTES * (batch.inputs().length + batch.targets().length)
                + Integer.BYTES * batch.samples().length);
    for (float value : batch.inputs()) {
      bytes.putFloat(value);
    }
    for (float value : batch.targets()) {
      bytes.putFloat(value);
    }
    for (int sample : batch.samples()) {
      bytes.putInt(sample);
    }
    return bytes.array();
  }

  private Samples samples(String source, long memoryBudget) throws IOException {
    StringBuilder rows = new StringBuilder("text,size,label\n");
    for (int i = 0; i < 30; i++) {
      rows.append("word ".repeat(i % 11 + 1)).append(",").append(i).append(",c").append(i % 2);
      rows.append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
    Files.writeString(folder.resolve("text.txt"), rows);
    for (int i = 0; i < 14; i++) {
      TestPictures.write(folder.resolve("pictures/c" + i % 2 + "/" + i + ".png"), 0x10203 * i);
    }
    String file = source.equals("language") ? "text.txt" : "rows.csv";
    DatasetCatalog catalog =
        DatasetCatalog.of(
            List.of(
                new ImageFolder(memoryBudget),
                new TextSource(memoryBudget),
                new LanguageSource(memoryBudget),
                new TableSource(memoryBudget)),
            folder.resolve("unused"));
    DataSpec spec =
        Specs.data(
            source,
            "path=pictures",
            "train=" + file,
            "validationFraction=0",
            "text.length=16",
            "augmentation={randomCropPadding: 2, horizontalFlip: true, mixup: 0.2}");
    return DataSplits.open(spec, folder, catalog).train();
  }
}
