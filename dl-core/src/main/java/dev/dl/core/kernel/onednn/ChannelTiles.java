package dev.dl.core.kernel.onednn;

import java.util.Arrays;

/**
 * A matrix of {@code rows x channels} cut into tiles of whole rows that stay in the nearest cache,
 * and the tiles into tasks. The partition follows from the shape alone.
 *
 * <p>What belongs to a channel is repeated for each row of a tile, so that loops run over whole
 * tiles however few channels there are, and vectorize.
 */
record ChannelTiles(int rows, int channels) {
  private static final int TILE = 1024;
  private static final int TASK = 1 << 16;
  private static final int MOST_TASKS = 64;
  private static final int TILES_BETWEEN_DRAINS = 32;

  /** What is done with a tile of {@code length} values from {@code start} on. */
  interface Visitor {
    void tile(int start, int length);
  }

  static ChannelTiles of(long length, int channels) {
    return new ChannelTiles(Math.toIntExact(length / channels), channels);
  }

  /** Values in a tile. */
  int tileLength() {
    return tileRows() * channels;
  }

  private int tileRows() {
    return Math.max(1, Math.min(rows, TILE / channels));
  }

  int tasks() {
    int tiles = (rows + tileRows() - 1) / tileRows();
    long bySize = (long) rows * channels / TASK;
    return (int) Math.max(1, Math.min(Math.min(bySize, MOST_TASKS), tiles));
  }

  int firstRow(int task) {
    int tiles = (rows + tileRows() - 1) / tileRows();
    return (int) Math.min(rows, (long) tiles * task / tasks() * tileRows());
  }

  /** The tiles of a task in order; the last may be shorter. */
  void forEach(int task, Visitor visitor) {
    forEach(firstRow(task), firstRow(task + 1), visitor);
  }

  /** All tiles in order; the last may be shorter. */
  void forEach(Visitor visitor) {
    forEach(0, rows, visitor);
  }

  private void forEach(int first, int end, Visitor visitor) {
    for (int row = first; row < end; row += tileRows()) {
      visitor.tile(row * channels, Math.min(tileRows(), end - row) * channels);
    }
  }

  /** A value per channel, repeated for each row of a tile. */
  float[] repeated(float[] perChannel) {
    float[] lanes = new float[tileLength()];
    for (int start = 0; start < lanes.length; start += channels) {
      System.arraycopy(perChannel, 0, lanes, start, channels);
    }
    return lanes;
  }

  /**
   * Whether sums per lane, in single precision, are to be drained after the tile that begins at
   * {@code start}: every few tiles, and at the end of the task.
   */
  boolean drains(int task, int start) {
    int tile = (start / channels - firstRow(task)) / tileRows();
    return tile % TILES_BETWEEN_DRAINS == TILES_BETWEEN_DRAINS - 1
        || start / channels + tileRows() >= firstRow(task + 1);
  }

  /** Adds the rows of a tile to a sum per channel, and clears the tile. */
  void drain(float[] lanes, double[] sums) {
    for (int start = 0; start < lanes.length; start += channels) {
      for (int c = 0; c < channels; c++) {
        sums[c] += lanes[start + c];
      }
    }
    Arrays.fill(lanes, 0);
  }
}
