package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.ProgressDisplay;
import dev.dl.core.backend.Backend;
import dev.dl.training.loop.Callback;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A training as a verb runs it: shown on the terminal, and stopped by signals.
 *
 * @param quiet show nothing
 */
record WatchedTraining(RunServices services, Console console, boolean quiet) {

  /** Trains to the end, or until a signal comes. */
  Training.Outcome train(Training training, Path shown, StopSignals signals) throws IOException {
    List<Callback> callbacks = new ArrayList<>();
    Optional<ProgressDisplay> display = display(training, shown);
    display.ifPresent(callbacks::add);
    callbacks.add(signals);
    try {
      return services.train(training, callbacks);
    } finally {
      display.ifPresent(ProgressDisplay::close);
    }
  }

  private Optional<ProgressDisplay> display(Training training, Path shown) {
    if (quiet) {
      return Optional.empty();
    }
    RunSpec spec = training.spec();
    Backend selected = training.backend();
    console.message(
        "training " + spec.model().title() + " on " + spec.data().source() + " in " + shown);
    console.message("backend " + selected + ": " + selected.reason());
    return Optional.of(ProgressDisplay.on(console, spec.training().epochs()));
  }
}
