package dev.dl.training.study;

import java.util.Objects;

/**
 * Why a cell has no result: {@code failure.json} in its directory.
 *
 * @param exitCode of the process that trained it; above 128 where a signal ended it
 * @param message what it said last
 */
public record CellFailure(int exitCode, String message) {

  public CellFailure {
    Objects.requireNonNull(message, "message");
  }
}
