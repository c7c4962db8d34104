package dev.dl.training.loop;

import java.util.Locale;

/** Why a run ended; {@link #label} is the {@code status} of summary.json. */
public enum StopReason {
  COMPLETED,
  EARLY_STOPPED,
  TIME_LIMIT,
  INTERRUPTED,
  DIVERGED;

  /** The name in files: {@code early-stopped}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
