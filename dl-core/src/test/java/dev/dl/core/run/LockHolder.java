package dev.dl.core.run;

import java.nio.file.Files;
import java.nio.file.Path;

/** A process of its own that holds a run's lock until it is killed. */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws Exception {
    try (RunDirectory run = RunDirectory.open(Path.of(arguments[0]))) {
      System.out.println(Files.exists(run.files().spec()) ? "locked" : "no run");
      System.in.read();
    }
  }
}
