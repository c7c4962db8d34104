package dev.dl.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.dl.core.run.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossSpikesTest {
  @TempDir private Path folder;

  private static StepResult step(int step, double loss) {
    return new StepResult(
        step, 1, step, 1000, 8, loss, 0.5, 0.1, 1, Duration.ofMillis(1), Duration.ZERO);
  }

  @Test
  void notesLossesFarAboveThoseBefore() throws Exception {
    try (RunDirectory run = RunDirectory.create(folder.resolve("run"))) {
      LossSpikes spikes = new LossSpikes(run);
      Random random = new Random(1);
      for (int step = 1; step <= 300; step++) {
        double usual = 3.0 / Math.sqrt(step) + 0.05 * random.nextGaussian();
        double loss = step == 5 || step == 150 || step == 151 ? 100 : usual;
        assertThat(spikes.afterStep(step(step, loss))).isEmpty();
      }

      assertThat(run.files().readMetrics())
          .extracting(line -> line.get("kind"), line -> line.get("step"))
          .containsExactlyElementsOf(List.of(tuple("spike", 150), tuple("spike", 151)));
      assertThat(spikes.bound()).isLessThan(1);
    }
  }

  @Test
  void knowsNoBoundBeforeThirtySteps() throws Exception {
    try (RunDirectory run = RunDirectory.create(folder.resolve("run"))) {
      LossSpikes spikes = new LossSpikes(run);
      for (int step = 1; step < 30; step++) {
        spikes.afterStep(step(step, 1));
        assertThat(spikes.bound()).isInfinite();
      }
      spikes.afterStep(step(30, 1));
      assertThat(spikes.bound()).isEqualTo(2);
    }
  }
}
