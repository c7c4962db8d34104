package dev.dl.cli.watch;

import dev.dl.core.run.JsonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Run directories as trainings leave them, without a training. */
public final class FakeRun {
  private static final int STEPS_PER_EPOCH = 10;

  private FakeRun() {}

  /** A run with a spec and no metrics yet. */
  public static Path begin(Path directory, String model, int epochs) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("spec.yaml"),
        """
        name: trial
        seed: 7
        data:
          source: shapes
        model:
          name: %s
        training:
          epochs: %d
        """
            .formatted(model, epochs));
    Files.writeString(directory.resolve("metrics.jsonl"), "");
    return directory;
  }

  /** Adds the lines of an epoch: ten steps and its end. */
  public static void epoch(Path run, int epoch, double accuracy) throws IOException {
    for (int step = 1; step <= STEPS_PER_EPOCH; step++) {
      append(
          run,
          Map.of(
              "kind",
              "step",
              "step",
              (epoch - 1) * STEPS_PER_EPOCH + step,
              "epoch",
              epoch,
              "train.loss",
              1.5 - accuracy + 0.01 * step,
              "samplesPerSecond",
              640.0));
    }
    Map<String, Object> end = new LinkedHashMap<>();
    end.put("kind", "epoch");
    end.put("epoch", epoch);
    end.put("step", epoch * STEPS_PER_EPOCH);
    end.put("train.loss", 1.5 - accuracy);
    end.put("validation.accuracy", accuracy);
    end.put("validation.loss", 1.6 - accuracy);
    end.put("samplesPerSecond", 640.0);
    end.put("seconds", 3.0);
    end.put("best", true);
    append(run, end);
  }

  private static void append(Path run, Map<String, Object> line) throws IOException {
    // As MetricsLog writes them: the kind first.
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put("kind", line.get("kind"));
    ordered.putAll(line);
    Files.write(run.resolve("metrics.jsonl"), JsonFile.line(ordered), StandardOpenOption.APPEND);
  }

  /** Ends it as completed, judged by its test split. */
  public static void end(Path run, int epochs, double accuracy) throws IOException {
    Files.write(
        run.resolve("summary.json"),
        """
        {"status": "completed", "epochs": %d, "steps": %d,
         "best": {"epoch": %d, "step": %d, "metrics": {"validation.accuracy": %s}},
         "validation": {"accuracy": %s, "loss": 0.4}, "test": {"accuracy": %s, "loss": 0.5},
         "parameters": 12345, "weightsSha256": "ab", "samplesPerSecond": 640.0,
         "wallSeconds": 12.5, "backend": "cpu"}
        """
            .formatted(
                epochs,
                epochs * STEPS_PER_EPOCH,
                epochs,
                epochs * STEPS_PER_EPOCH,
                accuracy,
                accuracy,
                accuracy)
            .getBytes(StandardCharsets.UTF_8));
  }
}
