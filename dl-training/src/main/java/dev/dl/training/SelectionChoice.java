package dev.dl.training;

import dev.dl.core.config.ConfigException;
import dev.dl.training.loop.Selection;
import dev.dl.training.spec.EarlyStoppingSpec;
import dev.dl.training.spec.EarlyStoppingSpec.Mode;
import dev.dl.training.spec.ScheduleSpec;
import java.util.ArrayList;
import java.util.List;

/** Which metric decides what is best: what the spec asks for, if the run has it. */
final class SelectionChoice {
  private SelectionChoice() {}

  /**
   * The selection for a task.
   *
   * @param validated whether there is a validation split
   * @throws ConfigException if the spec names a metric that the run does not have
   */
  static Selection of(EarlyStoppingSpec spec, ScheduleSpec schedule, Task task, boolean validated) {
    Selection asked =
        Selection.of(
            spec,
            schedule,
            validated ? "validation." + task.names().get(0) : "train.loss",
            validated && !task.betterIfLess() ? Mode.MAX : Mode.MIN);
    List<String> known = new ArrayList<>(List.of("train.loss", "train.accuracy"));
    if (validated) {
      task.names().forEach(name -> known.add("validation." + name));
    }
    if (!known.contains(asked.metric())) {
      throw new ConfigException(
          "training.earlyStopping.metric",
          asked.metric(),
          "one of " + String.join(", ", known),
          "");
    }
    return asked;
  }
}
