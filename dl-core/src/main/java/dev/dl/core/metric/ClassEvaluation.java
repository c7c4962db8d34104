package dev.dl.core.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a classifier did on the samples of a split. Shares are from 0 to 1; all are NaN where there
 * are no samples.
 *
 * @param samples how many there were
 * @param loss mean softmax cross-entropy in nats; NaN as soon as one logit was
 * @param accuracy share of samples put into their class
 * @param topKAccuracy share of samples whose class was among the k most likely
 * @param classes by class index
 * @param confusion {@code [label][predicted]}, counts; a sample whose logits were not finite is in
 *     none of them
 * @param mistakes the most confident, in that order
 */
public record ClassEvaluation(
    long samples,
    double loss,
    double accuracy,
    double topKAccuracy,
    List<ClassScore> classes,
    long[][] confusion,
    List<Mistake> mistakes)
    implements Evaluation {

  public ClassEvaluation {
    classes = List.copyOf(classes);
    mistakes = List.copyOf(mistakes);
  }

  /** The mean F1 of the classes that occur as a label or as a prediction. */
  public double macroF1() {
    double sum = 0;
    int occurring = 0;
    for (int i = 0; i < classes.size(); i++) {
      int predicted = i;
      if (classes.get(i).samples() > 0
          || Arrays.stream(confusion).anyMatch(row -> row[predicted] > 0)) {
        sum += classes.get(i).f1();
        occurring++;
      }
    }
    return occurring == 0 ? Double.NaN : sum / occurring;
  }

  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", accuracy);
    metrics.put("loss", loss);
    metrics.put("topKAccuracy", topKAccuracy);
    metrics.put("macroF1", macroF1());
    return metrics;
  }
}
