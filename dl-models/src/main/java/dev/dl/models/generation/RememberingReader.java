package dev.dl.models.generation;

import dev.dl.models.layer.Past;
import dev.dl.models.network.Network;

/** Reads each token once, with a network that reads texts part by part. */
final class RememberingReader implements Reader {
  private final Network network;
  private Past past = new Past();
  private int pastStart;

  RememberingReader(Network network) {
    this.network = network;
  }

  @Override
  public float[] next(int[] text, int start, int end) {
    if (start > pastStart) {
      past = new Past();
      pastStart = start;
    }
    int from = start + past.length();
    int count = end - from;
    return Reader.last(network.logits(Reader.values(text, from, end, count), past), count, count);
  }
}
