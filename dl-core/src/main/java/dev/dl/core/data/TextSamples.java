package dev.dl.core.data;

import dev.dl.core.data.text.LengthBuckets;
import dev.dl.core.data.text.TextEncoder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The texts of one split as token ids. Texts of similar lengths come together, and those of a batch
 * are filled up to the length of its longest, as are targets of tokens, with -1 for no class.
 */
public final class TextSamples implements Samples {
  private final Dataset<int[]> dataset;
  private final int[] lengths;
  private final int maximum;
  private final int padding;
  private final boolean targetsOfTokens;

  /**
   * @param lengths of all texts, in tokens; of two that are read each by itself, the longer one's
   * @param maximum of them
   * @param padding id that fills up
   * @param targetsOfTokens whether each token has a target, rather than each text
   */
  TextSamples(
      Dataset<int[]> dataset, int[] lengths, int maximum, int padding, boolean targetsOfTokens) {
    this.dataset = dataset;
    this.lengths = lengths.clone();
    this.maximum = maximum;
    this.padding = padding;
    this.targetsOfTokens = targetsOfTokens;
  }

  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public float[] target(int sample) {
    return dataset.target(sample);
  }

  /** The ids of a text, without any that fill up. */
  public int[] tokens(int sample) {
    return dataset.read(sample);
  }

  @Override
  public int[][] shuffled(long seed, int epoch, int batchSize) {
    return LengthBuckets.batches(
        lengths, Order.shuffled(dataset, seed, epoch), batchSize, seed, epoch);
  }

  @Override
  public Batch batch(int[] samples) {
    int longest = 1;
    for (int sample : samples) {
      longest = Math.max(longest, lengths[sample]);
    }
    int length = LengthBuckets.paddedLength(longest, maximum);
    float[][] inputs = new float[samples.length][];
    float[][] targets = new float[samples.length][];
    for (int i = 0; i < samples.length; i++) {
      int[] tokens = dataset.read(samples[i]);
      inputs[i] = padded(tokens, length, padding);
      targets[i] = dataset.target(samples[i]);
      if (targetsOfTokens) {
        targets[i] = Arrays.copyOf(targets[i], length);
        Arrays.fill(targets[i], tokens.length, length, -1);
      }
    }
    return new Batch(
        Targets.joined(inputs), Targets.joined(targets), samples, inputs[0].length / length);
  }

  /** Each text of a sample, filled up: {@code [texts, length]}. */
  static float[] padded(int[] tokens, int length, int padding) {
    int texts = 1 + (int) IntStream.of(tokens).filter(id -> id == TextEncoder.BOUNDARY).count();
    float[] values = new float[texts * length];
    Arrays.fill(values, padding);
    int position = 0;
    int text = 0;
    for (int token : tokens) {
      if (token == TextEncoder.BOUNDARY) {
        text++;
        position = text * length;
      } else {
        values[position++] = token;
      }
    }
    return values;
  }

  /** The tokens of the longest text of a sample. */
  static int longest(int... tokens) {
    int longest = 0;
    int length = 0;
    for (int token : tokens) {
      length = token == TextEncoder.BOUNDARY ? 0 : length + 1;
      longest = Math.max(longest, length);
    }
    return longest;
  }

  @Override
  public byte[] digest(int sample) {
    return dataset.digest(sample);
  }

  @Override
  public String name(int sample) {
    return dataset.name(sample);
  }
}
