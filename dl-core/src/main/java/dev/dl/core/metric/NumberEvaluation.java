package dev.dl.core.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An evaluation of nothing but single numbers. */
record NumberEvaluation(long samples, Map<String, Double> metrics) implements Evaluation {
  NumberEvaluation {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
