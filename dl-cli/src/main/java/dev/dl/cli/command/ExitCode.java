package dev.dl.cli.command;

import dev.dl.training.loop.StopReason;

/** What the process returns; the numbers from 64 on follow BSD's sysexits.h. */
public enum ExitCode {
  SUCCESS(0),
  UNEXPECTED(1),
  USAGE(2),
  OUT_OF_MEMORY(3),
  DIVERGED(4),
  DIFFERENT(5),
  INCOMPLETE(6),
  BAD_FILE(65),
  INPUT_MISSING(66),
  UNAVAILABLE(69),
  CANNOT_CREATE(73),
  INPUT_OUTPUT(74),
  LOCKED(75),
  NO_PERMISSION(77),
  HANGUP(129),
  INTERRUPT(130),
  TERMINATED(143);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number that the process exits with. */
  public int number() {
    return number;
  }

  /** The code of a run that ended by itself, for the given reason. */
  static ExitCode of(StopReason reason) {
    return switch (reason) {
      case COMPLETED, EARLY_STOPPED, TIME_LIMIT -> SUCCESS;
      case INTERRUPTED -> INTERRUPT;
      case DIVERGED -> DIVERGED;
    };
  }
}
