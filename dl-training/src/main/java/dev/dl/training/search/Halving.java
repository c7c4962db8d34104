package dev.dl.training.search;

import dev.dl.training.search.TuneSpec.HalvingSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which trial is trained next, and how far: asynchronous successive halving (ASHA: Li et al. 2020,
 * https://arxiv.org/abs/1810.05934) by one worker. As soon as a trial is among the best of its
 * rung, it is trained on to the next; where none is, a new one begins.
 *
 * @param reduction one of so many is trained on
 * @param rungs epochs after which trials are compared, the last being the whole training
 * @param moreIsBetter of the metric
 */
record Halving(int reduction, List<Integer> rungs, boolean moreIsBetter) {

  /** The rungs of a training. */
  static Halving of(HalvingSpec spec, int epochs, boolean moreIsBetter) {
    List<Integer> rungs = new ArrayList<>();
    for (long rung = spec.minimumEpochs(); rung < epochs; rung *= spec.reduction()) {
      rungs.add((int) rung);
    }
    rungs.add(epochs);
    return new Halving(spec.reduction(), List.copyOf(rungs), moreIsBetter);
  }

  /** The trials to train on, of the highest rungs first. */
  List<Trial> promotable(List<Trial> trials) {
    List<Trial> promotable = new ArrayList<>();
    for (int rung = rungs.size() - 1; rung > 0; rung--) {
      int reached = rung;
      List<Trial> finished =
          trials.stream()
              .filter(trial -> trial.rungs() >= reached)
              .sorted(byResult(reached - 1))
              .toList();
      finished.stream()
          .limit(finished.size() / reduction)
          .filter(trial -> trial.rungs() == reached && trial.failure() == null)
          .forEach(promotable::add);
    }
    return promotable;
  }

  /** The trials in order: those trained longer first, of these the better ones, then failures. */
  List<Trial> ranked(List<Trial> trials) {
    return trials.stream()
        .sorted(
            Comparator.comparing((Trial trial) -> trial.failure() != null)
                .thenComparing(trial -> -trial.rungs())
                .thenComparing(this::better)
                .thenComparing(Trial::number))
        .toList();
  }

  /** The best of those that were trained to the end. */
  Optional<Trial> best(List<Trial> trials) {
    return ranked(trials).stream()
        .filter(trial -> trial.failure() == null && trial.rungs() == rungs.size())
        .findFirst();
  }

  private Comparator<Trial> byResult(int rung) {
    return Comparator.comparing((Trial trial) -> -score(trial.results().get(rung).value()))
        .thenComparing(Trial::number);
  }

  private int better(Trial first, Trial second) {
    return first.rungs() == 0 || second.rungs() == 0
        ? 0
        : Double.compare(score(second.last().value()), score(first.last().value()));
  }

  /** More for the better; what is no number is worst. */
  double score(double value) {
    double score = moreIsBetter ? value : -value;
    return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
  }

  /** The epochs that a trial is trained to next. */
  int next(Trial trial) {
    return rungs.get(trial.rungs());
  }

  /** Whether two trials have come to the same. */
  boolean tied(Trial first, Trial second) {
    boolean failed = first.failure() != null;
    return failed == (second.failure() != null)
        && (failed || (first.rungs() == second.rungs() && better(first, second) == 0));
  }

  /** Epochs of a whole training. */
  int epochs() {
    return rungs.get(rungs.size() - 1);
  }

  /** Ranks from 1 for the best, ties sharing the mean of theirs; in the order of {@code ranked}. */
  double[] ranks(List<Trial> ranked) {
    double[] ranks = new double[ranked.size()];
    int start = 0;
    for (int i = 1; i <= ranked.size(); i++) {
      if (i == ranked.size() || !tied(ranked.get(start), ranked.get(i))) {
        double mean = (start + 1 + i) / 2.0;
        IntStream.range(start, i).forEach(place -> ranks[place] = mean);
        start = i;
      }
    }
    return ranks;
  }
}
