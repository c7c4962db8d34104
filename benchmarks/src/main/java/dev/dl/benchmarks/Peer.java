package dev.dl.benchmarks;

/** An engine that is on the class path only while benchmarks run: a service. */
public interface Peer {
  /** As the command line names it. */
  String name();

  /**
   * A new engine.
   *
   * @param tuned whether it gets the settings that it is fastest with, or the defaults
   */
  Engine engine(boolean tuned);
}
