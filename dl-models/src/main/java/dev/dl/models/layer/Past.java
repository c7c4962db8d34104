package dev.dl.models.layer;

import java.util.IdentityHashMap;

/**
 * What the layers of a network remember of one text that is read part by part: keys and values of
 * attention, the state of recurrent layers.
 */
public final class Past {
  private final IdentityHashMap<OperationContext, float[]> memories = new IdentityHashMap<>();
  private int length;

  /** Tokens that were read before those of this pass. */
  public int length() {
    return length;
  }

  /** Has this many tokens read, by every layer. */
  public void advance(int tokens) {
    length += tokens;
  }

  /** What the layer of this place remembers, to be changed by it; zeros at the beginning. */
  float[] of(OperationContext place, int size) {
    return memories.computeIfAbsent(place, key -> new float[size]);
  }
}
