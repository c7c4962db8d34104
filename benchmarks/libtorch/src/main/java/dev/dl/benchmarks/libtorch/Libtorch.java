package dev.dl.benchmarks.libtorch;

import dev.dl.benchmarks.Engine;
import dev.dl.benchmarks.Peer;

/** libtorch 2.7.1. */
public final class Libtorch implements Peer {
  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public Engine engine(boolean tuned) {
    return new LibtorchEngine(tuned);
  }
}
