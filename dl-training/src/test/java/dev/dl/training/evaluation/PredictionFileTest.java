package dev.dl.training.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.metric.ClassificationMetrics;
import dev.dl.core.metric.Prediction;
import dev.dl.core.run.DamagedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionFileTest {
  private static final String FIRST_LINE = "sample,label,predicted,probability,labelProbability\n";

  @TempDir private Path folder;

  @Test
  void tellsWhatMetricsCount() throws IOException {
    ClassificationMetrics metrics = new ClassificationMetrics(2, 1);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    float log3 = (float) Math.log(3);
    PredictionFile.write(
        output,
        lines ->
            metrics
                .telling(lines)
                .add(new float[] {log3, 0, log3, 0, Float.NaN, 0}, new int[] {0, 1, 1}, ids()));

    assertThat(output.toString(UTF_8))
        .isEqualTo(FIRST_LINE + "4,0,0,0.75,0.75\n5,1,0,0.75,0.25\n6,1,-1,NaN,NaN\n");
  }

  private static int[] ids() {
    return new int[] {4, 5, 6};
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    List<Prediction> written = new ArrayList<>();
    for (int sample = 0; sample < 5_000; sample++) {
      written.add(new Prediction(sample, sample % 3, sample % 2, 0.5, 0.25));
    }
    Path file = folder.resolve("test.csv");
    try (OutputStream output = Files.newOutputStream(file)) {
      PredictionFile.write(output, written::forEach);
    }

    List<Prediction> read = new ArrayList<>();
    PredictionFile.read(file, read::add);

    assertThat(read).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\n", FIRST_LINE + "0,1,2,0.5\n", FIRST_LINE + "0,1,x,0.5,0.5\n"})
  void refusesOtherFiles(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("test.csv"), content);

    assertThatThrownBy(() -> PredictionFile.read(file, prediction -> {}))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("expected sample,label,predicted");
  }
}
