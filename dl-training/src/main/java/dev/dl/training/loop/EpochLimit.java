package dev.dl.training.loop;

import java.util.Optional;

/**
 * Has a run saved after so many of its epochs, to go on another time; its schedule stays that of
 * all its epochs. Also the last epoch ends so, before anything is measured on the test split.
 */
public record EpochLimit(int epochs) implements Callback {

  @Override
  public Optional<StopReason> afterEpoch(EpochResult result) {
    return result.epoch() >= epochs ? Optional.of(StopReason.INTERRUPTED) : Optional.empty();
  }
}
