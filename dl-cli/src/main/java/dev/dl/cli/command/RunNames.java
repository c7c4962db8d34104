package dev.dl.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;

/** Names for run directories: {@code runs/name-1}, {@code runs/name-2}, ... */
final class RunNames {

  private RunNames() {}

  /** The first that does not exist yet. */
  static Path next(Path runs, String name) {
    int number = 1;
    while (Files.exists(runs.resolve(name + "-" + number))) {
      number++;
    }
    return runs.resolve(name + "-" + number);
  }
}
