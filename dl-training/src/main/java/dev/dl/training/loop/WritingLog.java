package dev.dl.training.loop;

import dev.dl.core.run.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Keeps what a language model writes after each epoch: {@code samples/epoch-003.txt}. */
public final class WritingLog implements Callback {
  private final RunDirectory run;

  public WritingLog(RunDirectory run) {
    this.run = run;
  }

  @Override
  public Optional<StopReason> afterEpoch(EpochResult result) {
    result
        .writing()
        .ifPresent(
            text ->
                write(String.format(Locale.ROOT, "epoch-%03d.txt", result.epoch()), text + "\n"));
    return Optional.empty();
  }

  private void write(String name, String text) {
    try {
      run.writeSample(name, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
