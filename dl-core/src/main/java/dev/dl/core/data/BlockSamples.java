package dev.dl.core.data;

import dev.dl.core.random.Draws;
import dev.dl.core.random.RandomStream;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Blocks of a text, each with one token more than the network sees: the last is only told. */
public final class BlockSamples implements Samples {
  private final Dataset<int[]> blocks;

  BlockSamples(Dataset<int[]> blocks) {
    this.blocks = blocks;
  }

  @Override
  public int size() {
    return blocks.size();
  }

  /** The token after each of the block. */
  @Override
  public float[] target(int sample) {
    return floats(blocks.read(sample), 1);
  }

  /**
   * Blocks that begin at other places in each epoch: all are moved on by the same number of tokens,
   * the last one into the beginning of the text.
   */
  @Override
  public Batch trainingBatch(int[] samples, long seed, int epoch, int number) {
    int length = blocks.read(0).length - 1;
    int moved = Draws.of(seed, RandomStream.BLOCKS.at(epoch), 0).below(length);
    return batch(samples, sample -> moved(sample, moved));
  }

  private int[] moved(int sample, int tokens) {
    int[] block = blocks.read(sample).clone();
    int[] next = blocks.read((sample + 1) % size());
    int kept = block.length - tokens;
    System.arraycopy(block, tokens, block, 0, kept);
    System.arraycopy(next, 1, block, kept, tokens);
    return block;
  }

  /** The tokens of a block that the network sees. */
  public int[] tokens(int sample) {
    int[] tokens = blocks.read(sample);
    return Arrays.copyOf(tokens, tokens.length - 1);
  }

  @Override
  public int[][] shuffled(long seed, int epoch, int batchSize) {
    return Batches.cut(Order.shuffled(blocks, seed, epoch), batchSize);
  }

  @Override
  public Batch batch(int[] samples) {
    return batch(samples, blocks::read);
  }

  private static Batch batch(int[] samples, IntFunction<int[]> block) {
    float[][] inputs = new float[samples.length][];
    float[][] targets = new float[samples.length][];
    for (int i = 0; i < samples.length; i++) {
      int[] tokens = block.apply(samples[i]);
      inputs[i] = floats(tokens, 0);
      targets[i] = floats(tokens, 1);
    }
    return new Batch(Targets.joined(inputs), Targets.joined(targets), samples);
  }

  /** All tokens of a block but one, from this one on. */
  private static float[] floats(int[] tokens, int from) {
    float[] floats = new float[tokens.length - 1];
    for (int t = 0; t < floats.length; t++) {
      floats[t] = tokens[from + t];
    }
    return floats;
  }

  @Override
  public byte[] digest(int sample) {
    return blocks.digest(sample);
  }

  @Override
  public String name(int sample) {
    return blocks.name(sample);
  }
}
