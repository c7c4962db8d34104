package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.AttentionGeometry;
import dev.dl.core.kernel.AttentionKernel;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.DropoutMask;
import dev.dl.core.kernel.Parallel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention tile by tile: some samples, all heads, some queries, and the keys that these may attend
 * to. Products and softmax by oneDNN on views of the inputs; dropout and the gradient of softmax by
 * own loops. Memory beside inputs and outputs is two tiles, whatever the length.
 */
final class OneDnnAttention implements AttentionKernel {
  /** Most values in a tile: 4 MB, which stay in the cache from one pass over them to the next. */
  private static final int TILE_VALUES = 1 << 20;

  /** Queries of a causal tile: few, so that few keys are computed only to be masked. */
  private static final int CAUSAL_QUERIES = 64;

  private final OneDnnEngine engine;
  private final AttentionGeometry geometry;
  private final AttentionRows rows;
  private final int queriesTogether;
  private final int samplesTogether;
  private final AttentionScratch probabilities;
  private final AttentionScratch gradients;
  private final Map<AttentionTile.Extent, AttentionTile> tiles = new HashMap<>();
  private final AttentionScratch penalties;

  /** What all attentions share. */
  static final class Scratch {
    private final AttentionScratch probabilities = new AttentionScratch();
    private final AttentionScratch gradients = new AttentionScratch();
    private final AttentionScratch penalties = new AttentionScratch();
  }

  OneDnnAttention(
      OneDnnEngine engine, AttentionGeometry geometry, Parallel parallel, Scratch scratch) {
    this.engine = engine;
    this.geometry = geometry;
    this.rows = new AttentionRows(geometry, parallel);
    int perQuery = Math.multiplyExact(geometry.heads(), geometry.length());
    int wanted =
        Math.min(geometry.causal() ? CAUSAL_QUERIES : geometry.length(), geometry.length());
    this.queriesTogether = Math.max(1, Math.min(wanted, TILE_VALUES / perQuery));
    this.samplesTogether = Math.max(1, TILE_VALUES / (perQuery * queriesTogether));
    long values = (long) samplesTogether * queriesTogether * perQuery;
    this.probabilities = scratch.probabilities;
    this.gradients = scratch.gradients;
    this.penalties = scratch.penalties;
    probabilities.reserve(values);
    gradients.reserve(values);
    penalties.reserve((long) samplesTogether * geometry.length());
  }

  @Override
  public void forward(INDArray input, INDArray mask, DropoutMask dropout, INDArray output) {
    Penalties masked = penalties(mask);
    eachTile(
        input.size(0),
        masked,
        (tile, place) -> {
          tile.probabilities(
              place.of(input, 0),
              place.keysOf(input, 1),
              masked.of(place),
              probabilities.address());
          if (dropout.drops()) {
            rows.drop(place.rows(), dropout, probabilities);
          }
          tile.output(probabilities.address(), place.keysOf(input, 2), place.of(output, 0));
        });
  }

  @Override
  public void backward(
      INDArray input,
      INDArray mask,
      DropoutMask dropout,
      INDArray outputGradient,
      INDArray inputGradient) {
    Penalties masked = penalties(mask);
    long scores = probabilities.address();
    long scoreGradients = gradients.address();
    eachTile(
        input.size(0),
        masked,
        (tile, place) -> {
          long queries = place.of(input, 0);
          long keys = place.keysOf(input, 1);
          long gradient = place.of(outputGradient, 0);
          tile.probabilities(queries, keys, masked.of(place), scores);
          tile.probabilityGradient(gradient, place.keysOf(input, 2), scoreGradients);
          rows.gradient(place.rows(), dropout, probabilities, gradients);
          tile.valueGradient(scores, gradient, place.keysOf(inputGradient, 2));
          tile.queryGradient(scoreGradients, keys, place.of(inputGradient, 0));
          tile.keyGradient(scoreGradients, queries, place.keysOf(inputGradient, 1));
        });
  }

  /** The first sample and query of a tile. */
  private record Place(
      AttentionGeometry geometry, AttentionTile.Extent extent, long sample, int query) {

    AttentionRows.Rows rows() {
      return new AttentionRows.Rows(extent, sample, query);
    }

    /** The address of the place's first query, in part 0, 1 or 2 of each row of an array. */
    long of(INDArray array, int part) {
      return address(array, part, query);
    }

    /** The address of the sample's first key, in part 0, 1 or 2 of each row of an array. */
    long keysOf(INDArray array, int part) {
      return address(array, part, 0);
    }

    private long address(INDArray array, int part, int position) {
      long row = sample * geometry.length() + position;
      long offset = row * array.size(2) + (long) part * geometry.features();
      return DenseArrays.address(array) + offset * Float.BYTES;
    }
  }

  @FunctionalInterface
  private interface Work {
    void run(AttentionTile tile, Place place);
  }

  /** The last queries first: theirs are the most keys, whose gradients the others add to. */
  private void eachTile(long batch, Penalties masked, Work work) {
    int length = geometry.length();
    long groups = (batch + samplesTogether - 1) / samplesTogether;
    for (long group = 0; group < groups; group++) {
      long sample = batch * group / groups;
      int samples = (int) (batch * (group + 1) / groups - sample);
      for (int end = length; end > 0; end -= queriesTogether) {
        int query = Math.max(0, end - queriesTogether);
        var extent =
            new AttentionTile.Extent(
                samples, end - query, geometry.causal() ? end : length, masked.any(), end < length);
        AttentionTile tile =
            tiles.computeIfAbsent(extent, size -> new AttentionTile(engine, geometry, size));
        work.run(tile, new Place(geometry, extent, sample, query));
      }
    }
  }

  /**
   * What is added to the scores of each key.
   *
   * @param values {@code [batch, length]}; nothing where all keys count, which is faster
   * @param scratch where those of a tile are gathered, {@code [samples, keys]}: oneDNN takes an
   *     addend for dense whatever its description says
   */
  private record Penalties(Optional<float[]> values, int length, AttentionScratch scratch) {
    boolean any() {
      return values.isPresent();
    }

    /** The address of the penalties of a tile. */
    long of(Place place) {
      if (any()) {
        int keys = place.extent.keys();
        float[] tile = new float[place.extent.samples() * keys];
        for (int i = 0; i < place.extent.samples(); i++) {
          int start = (int) (place.sample + i) * length;
          System.arraycopy(values.get(), start, tile, i * keys, keys);
        }
        scratch.write(0, tile, tile.length);
      }
      return scratch.address();
    }
  }

  private Penalties penalties(INDArray mask) {
    return new Penalties(
        Optional.ofNullable(mask).flatMap(OneDnnAttention::penaltyOfEachKey),
        geometry.length(),
        penalties);
  }

  private static Optional<float[]> penaltyOfEachKey(INDArray mask) {
    float[] values = DenseArrays.read(mask);
    boolean any = false;
    for (int i = 0; i < values.length; i++) {
      any |= values[i] == 0;
      values[i] = (1 - values[i]) * AttentionTile.PENALTY;
    }
    return any ? Optional.of(values) : Optional.empty();
  }
}
