package dev.dl.core.kernel.onednn;

import dev.dl.core.kernel.AttentionGeometry;
import dev.dl.core.kernel.AttentionKernel;
import dev.dl.core.kernel.DenseArrays;
import dev.dl.core.kernel.DropoutMask;
import dev.dl.core.kernel.Parallel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention tile by tile: some samples, their heads, some queries, and the keys that these may
 * attend to. Each thread has tiles of its own. Products and softmax by oneDNN on views of the
 * inputs; dropout and the gradient of softmax by own loops. Memory beside inputs and outputs is two
 * tiles a thread, whatever the length.
 */
final class OneDnnAttention implements AttentionKernel {
  /** Most values in a tile: 1 MB, about what a core's second-level cache holds. */
  private static final int TILE_VALUES = 1 << 18;

  /** Queries of a causal tile: few, so that few keys are computed only to be masked. */
  private static final int CAUSAL_QUERIES = 64;

  private final OneDnnEngine engine;
  private final AttentionGeometry geometry;
  private final Parallel parallel;
  private final AttentionRows rows;
  private final int queriesTogether;
  private final int samplesTogether;
  private final ThreadLocal<Scratch> scratch;
  private final ThreadLocal<Map<AttentionTile.Extent, AttentionTile>> tiles =
      ThreadLocal.withInitial(HashMap::new);

  /** Memory of one thread that all attentions share. */
  static final class Scratch {
    private final AttentionScratch probabilities = new AttentionScratch();
    private final AttentionScratch gradients = new AttentionScratch();
    private final AttentionScratch penalties = new AttentionScratch();
  }

  OneDnnAttention(
      OneDnnEngine engine,
      AttentionGeometry geometry,
      Parallel parallel,
      ThreadLocal<Scratch> scratch) {
    this.engine = engine;
    this.geometry = geometry;
    this.parallel = parallel;
    this.scratch = scratch;
    this.rows = new AttentionRows(geometry, parallel);
    int perQuery = Math.multiplyExact(geometry.heads(), geometry.length());
    int wanted =
        Math.min(geometry.causal() ? CAUSAL_QUERIES : geometry.length(), geometry.length());
    this.queriesTogether = Math.max(1, Math.min(wanted, TILE_VALUES / perQuery));
    this.samplesTogether = Math.max(1, TILE_VALUES / (perQuery * queriesTogether));
  }

  @Override
  public void forward(INDArray input, INDArray mask, DropoutMask dropout, INDArray output) {
    eachTile(
        input.size(0),
        penalties(mask),
        (tile, place, local) -> {
          long probabilities = local.probabilities.address();
          tile.probabilities(
              place.of(input, 0), place.keysOf(input, 1), local.penalties.address(), probabilities);
          if (dropout.drops()) {
            rows.drop(place.rows(), dropout, local.probabilities);
          }
          tile.output(probabilities, place.keysOf(input, 2), place.of(output, 0));
        });
  }

  @Override
  public void backward(
      INDArray input,
      INDArray mask,
      DropoutMask dropout,
      INDArray outputGradient,
      INDArray inputGradient) {
    eachTile(
        input.size(0),
        penalties(mask),
        (tile, place, local) -> {
          long scores = local.probabilities.address();
          long scoreGradients = local.gradients.address();
          long queries = place.of(input, 0);
          long keys = place.keysOf(input, 1);
          long gradient = place.of(outputGradient, 0);
          tile.probabilities(queries, keys, local.penalties.address(), scores);
          tile.probabilityGradient(gradient, place.keysOf(input, 2), scoreGradients);
          rows.gradient(place.rows(), dropout, local.probabilities, local.gradients);
          tile.valueGradient(scores, gradient, place.keysOf(inputGradient, 2));
          tile.queryGradient(scoreGradients, keys, place.of(inputGradient, 0));
          tile.keyGradient(scoreGradients, queries, place.keysOf(inputGradient, 1));
        });
  }

  /** The first sample, head and query of a tile. */
  private record Place(
      AttentionGeometry geometry, AttentionTile.Extent extent, long sample, int head, int query) {

    AttentionRows.Rows rows() {
      return new AttentionRows.Rows(extent, sample, head, query);
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
      long offset =
          row * array.size(2) + (long) part * geometry.features() + head * geometry.headSize();
      return DenseArrays.address(array) + offset * Float.BYTES;
    }
  }

  @FunctionalInterface
  private interface Work {
    void run(AttentionTile tile, Place place, Scratch local);
  }

  /** Deals out groups of samples to the threads; of few samples, their heads. */
  private void eachTile(long batch, Optional<float[]> penalties, Work work) {
    int threads = parallel.threads();
    long most = (batch + samplesTogether - 1) / samplesTogether;
    int groups = Math.toIntExact(Math.max(most, Math.min(batch, threads)));
    int headGroups = batch < threads ? Math.min(geometry.heads(), threads) : 1;
    IntConsumer task =
        number -> {
          int group = number / headGroups;
          int headGroup = number % headGroups;
          long sample = batch * group / groups;
          int samples = (int) (batch * (group + 1) / groups - sample);
          int head = geometry.heads() * headGroup / headGroups;
          int heads = geometry.heads() * (headGroup + 1) / headGroups - head;
          eachTile(sample, samples, head, heads, penalties, work);
        };
    int tasks = groups * headGroups;
    if (parallel.isOpenMp()) {
      int parts = Math.min(threads, tasks);
      parallel.runByThread(
          parts,
          part -> IntStream.range(tasks * part / parts, tasks * (part + 1) / parts).forEach(task));
    } else {
      IntStream.range(0, tasks).forEach(task);
    }
  }

  /** The last queries first: theirs are the most keys, whose gradients the others add to. */
  private void eachTile(
      long sample, int samples, int head, int heads, Optional<float[]> penalties, Work work) {
    Scratch local = scratch.get();
    int length = geometry.length();
    local.probabilities.reserve((long) samples * heads * queriesTogether * length);
    local.gradients.reserve((long) samples * heads * queriesTogether * length);
    local.penalties.reserve((long) samples * length);
    for (int end = length; end > 0; end -= queriesTogether) {
      int query = Math.max(0, end - queriesTogether);
      int keys = geometry.causal() ? end : length;
      var extent =
          new AttentionTile.Extent(
              samples, heads, end - query, keys, penalties.isPresent(), end < length);
      penalties.ifPresent(values -> gather(values, sample, extent, local.penalties));
      AttentionTile tile =
          tiles.get().computeIfAbsent(extent, size -> new AttentionTile(engine, geometry, size));
      work.run(tile, new Place(geometry, extent, sample, head, query), local);
    }
  }

  /**
   * Brings the penalties of a tile together, {@code [samples, keys]}: oneDNN takes an addend for
   * dense whatever its description says.
   */
  private void gather(
      float[] penalties, long sample, AttentionTile.Extent extent, AttentionScratch target) {
    for (int i = 0; i < extent.samples(); i++) {
      int start = (int) (sample + i) * geometry.length();
      target.write(i * extent.keys(), penalties, start, extent.keys());
    }
  }

  /**
   * What is added to the scores of each key, {@code [batch, length]}; nothing where all keys count,
   * which is faster.
   */
  private static Optional<float[]> penalties(INDArray mask) {
    return Optional.ofNullable(mask).flatMap(OneDnnAttention::penaltyOfEachKey);
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
