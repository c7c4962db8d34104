package dev.dl.core.data;

import java.util.Arrays;

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
    int[] tokens = blocks.read(sample);
    float[] target = new float[tokens.length - 1];
    for (int t = 0; t < target.length; t++) {
      target[t] = tokens[t + 1];
    }
    return target;
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
    float[][] targets = new float[samples.length][];
    float[][] inputs = new float[samples.length][];
    for (int i = 0; i < samples.length; i++) {
      targets[i] = target(samples[i]);
      int[] tokens = tokens(samples[i]);
      inputs[i] = new float[tokens.length];
      for (int t = 0; t < tokens.length; t++) {
        inputs[i][t] = tokens[t];
      }
    }
    return new Batch(Targets.joined(inputs), Targets.joined(targets), samples);
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
