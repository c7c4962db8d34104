package dev.dl.core.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers how well the tags of tokens are told; tokens with a negative tag are left out.
 *
 * <p>{@code accuracy} is the share of tokens whose tag is right, {@code loss} their mean
 * cross-entropy in nats. Where tags mark entities by {@code B-} for the first token and {@code I-}
 * for others ({@code E-} for the last and {@code S-} for the only one may be told apart), {@code
 * precision}, {@code recall} and {@code f1} are of entities: one is right if its type, its first
 * and its last token are. They are counted as seqeval and the script of CoNLL-2000 do: an {@code
 * I-} that goes on from nothing, or from another type, begins an entity.
 */
public final class TagMetrics implements Metrics {
  private static final String OUTSIDE = "O";

  private final List<String> tags;
  private final boolean entities;
  private long samples;
  private long tokens;
  private long correct;
  private double lossSum;
  private long wanted;
  private long told;
  private long right;

  /** Starts with nothing gathered. */
  public TagMetrics(List<String> tags) {
    this.tags = List.copyOf(tags);
    this.entities = markEntities(tags);
  }

  /** Whether tags are of entities: {@code O}, or a type after one of {@code B- I- E- S-}. */
  public static boolean markEntities(List<String> tags) {
    return tags.stream().allMatch(tag -> tag.equals(OUTSIDE) || tag.matches("[BIES]-.+"));
  }

  @Override
  public void add(float[] outputs, float[] targets, int[] numbers) {
    samples += numbers.length;
    int length = targets.length / numbers.length;
    for (int sample = 0; sample < numbers.length; sample++) {
      List<String> labels = new ArrayList<>();
      List<String> answers = new ArrayList<>();
      for (int t = sample * length; t < (sample + 1) * length; t++) {
        int label = (int) targets[t];
        if (label >= 0) {
          labels.add(tags.get(label));
          answers.add(tags.get(add(outputs, t * tags.size(), label)));
        }
      }
      if (entities) {
        compare(entities(labels), entities(answers));
      }
    }
  }

  /** Counts a token, and returns the likeliest tag. */
  private int add(float[] logits, int row, int label) {
    int likeliest = 0;
    for (int tag = 1; tag < tags.size(); tag++) {
      likeliest = logits[row + tag] > logits[row + likeliest] ? tag : likeliest;
    }
    double largest = logits[row + likeliest];
    double sum = 0;
    for (int tag = 0; tag < tags.size(); tag++) {
      sum += Math.exp(logits[row + tag] - largest);
    }
    lossSum += largest + Math.log(sum) - logits[row + label];
    tokens++;
    correct += likeliest == label && !Double.isNaN(sum) ? 1 : 0;
    return likeliest;
  }

  private void compare(List<Entity> labels, List<Entity> answers) {
    wanted += labels.size();
    told += answers.size();
    right += answers.stream().filter(labels::contains).count();
  }

  /**
   * A stretch of tokens.
   *
   * @param end the token after the last
   */
  record Entity(String type, int start, int end) {}

  /** The entities that the tags of one sentence mark. */
  static List<Entity> entities(List<String> tags) {
    List<Entity> entities = new ArrayList<>();
    String previous = OUTSIDE;
    int start = 0;
    for (int i = 0; i <= tags.size(); i++) {
      String tag = i < tags.size() ? tags.get(i) : OUTSIDE;
      if (!goesOn(previous, tag)) {
        if (!previous.equals(OUTSIDE)) {
          entities.add(new Entity(type(previous), start, i));
        }
        start = i;
      }
      previous = tag;
    }
    return entities;
  }

  private static boolean goesOn(String previous, String tag) {
    return (tag.startsWith("I-") || tag.startsWith("E-"))
        && (previous.startsWith("B-") || previous.startsWith("I-"))
        && type(previous).equals(type(tag));
  }

  private static String type(String tag) {
    return tag.substring(2);
  }

  @Override
  public Evaluation result() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (entities) {
      metrics.put("f1", share(2 * right, wanted + told));
    }
    metrics.put("accuracy", (double) correct / tokens);
    metrics.put("loss", lossSum / tokens);
    if (entities) {
      metrics.put("precision", share(right, told));
      metrics.put("recall", share(right, wanted));
    }
    return new NumberEvaluation(samples, metrics);
  }

  /** Nothing of nothing is 0, as seqeval has it. */
  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
