package dev.dl.training;

import dev.dl.core.metric.Prediction;
import dev.dl.training.comparison.Candidate;
import dev.dl.training.comparison.ComparedRun;
import dev.dl.training.evaluation.PredictionFile;
import dev.dl.training.report.Calibration;
import dev.dl.training.report.ClassAccuracies;
import dev.dl.training.report.Disagreements.Answer;
import dev.dl.training.report.Disagreements.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What the candidates of a comparison said of each sample of a split. Of all samples it keeps the
 * probability of their class; what they are taken for is read again for the few that are shown.
 */
final class ComparedPredictions {
  private static final int BINS = 15;

  /** Samples further back are left out of what is shown, whatever a file says their number is. */
  private static final int MOST_SAMPLES = 10_000_000;

  private final List<Said> candidates;
  private final int classes;

  private ComparedPredictions(List<Said> candidates, int classes) {
    this.candidates = candidates;
    this.classes = classes;
  }

  /**
   * Reads the predictions of all candidates that have some.
   *
   * @param runs by the directory as it was given
   */
  static ComparedPredictions read(
      List<Candidate> candidates, Map<String, ComparedRun> runs, String split, int classes)
      throws IOException {
    List<Said> all = new ArrayList<>();
    for (Candidate candidate : candidates) {
      List<Path> files =
          candidate.runs().stream()
              .flatMap(result -> Optional.ofNullable(runs.get(result.run())).stream())
              .flatMap(run -> run.predictions(split).stream())
              .toList();
      if (!files.isEmpty()) {
        Said said = new Said(candidate.name(), files, classes);
        for (Path file : files) {
          PredictionFile.read(file, said::add);
        }
        all.add(said);
      }
    }
    return new ComparedPredictions(all, classes);
  }

  boolean isEmpty() {
    return candidates.isEmpty();
  }

  ClassAccuracies accuracies(String split, List<String> names) {
    List<ClassAccuracies.Row> rows =
        candidates.stream()
            .map(
                said ->
                    new ClassAccuracies.Row(
                        said.candidate,
                        IntStream.range(0, classes)
                            .mapToObj(label -> (double) said.right[label] / said.labels[label])
                            .toList()))
            .toList();
    Said first = candidates.get(0);
    List<Long> samples =
        LongStream.of(first.labels).map(count -> count / first.files.size()).boxed().toList();
    return new ClassAccuracies(split, names, samples, rows);
  }

  List<Calibration> calibrations() {
    return candidates.stream().map(Said::calibration).toList();
  }

  /**
   * The samples whose class is given the most different probabilities, the widest range first.
   *
   * @param most how many at most
   */
  List<Integer> widest(int most) {
    if (candidates.size() < 2) {
      return List.of();
    }
    Comparator<Integer> byRange =
        Comparator.comparingDouble(this::range).thenComparing(Comparator.reverseOrder());
    PriorityQueue<Integer> widest = new PriorityQueue<>(byRange);
    int samples = candidates.stream().mapToInt(said -> said.samples).min().orElse(0);
    for (int sample = 0; sample < samples; sample++) {
      if (range(sample) > 0) {
        widest.add(sample);
      }
      if (widest.size() > most) {
        widest.remove();
      }
    }
    return widest.stream().sorted(byRange.reversed()).toList();
  }

  private double range(int sample) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Said said : candidates) {
      low = Math.min(low, said.labelProbability(sample));
      high = Math.max(high, said.labelProbability(sample));
    }
    return high - low;
  }

  /** The class of a sample. */
  int label(int sample) {
    return candidates.get(0).label[sample];
  }

  /** What each candidate takes samples for, sample by sample as they are given. */
  List<List<Answer>> answers(List<Integer> samples, List<String> names) throws IOException {
    List<List<Answer>> answers = new ArrayList<>();
    samples.forEach(sample -> answers.add(new ArrayList<>()));
    for (Said said : candidates) {
      List<Map<String, Integer>> told = new ArrayList<>();
      samples.forEach(sample -> told.add(new TreeMap<>()));
      for (Path file : said.files) {
        PredictionFile.read(
            file,
            prediction -> {
              int place = samples.indexOf(prediction.sample());
              if (place >= 0) {
                told.get(place).merge(name(prediction.predicted(), names), 1, Integer::sum);
              }
            });
      }
      for (int i = 0; i < samples.size(); i++) {
        List<Told> counted =
            told.get(i).entrySet().stream()
                .map(entry -> new Told(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(Told::runs).reversed())
                .toList();
        double probability = said.labelProbability(samples.get(i));
        answers.get(i).add(new Answer(said.candidate, probability, counted));
      }
    }
    return answers;
  }

  private static String name(int predicted, List<String> names) {
    return predicted >= 0 && predicted < names.size() ? names.get(predicted) : "nothing";
  }

  /** The predictions of one candidate, all its runs together. */
  private static final class Said {
    private final String candidate;
    private final List<Path> files;
    private final long[] labels;
    private final long[] right;
    private final long[] binned = new long[BINS];
    private final long[] binRight = new long[BINS];
    private final double[] binProbability = new double[BINS];
    private int samples;
    private int[] label = new int[1024];
    private float[] probabilities = new float[1024];

    Said(String candidate, List<Path> files, int classes) {
      this.candidate = candidate;
      this.files = files;
      this.labels = new long[classes];
      this.right = new long[classes];
    }

    void add(Prediction prediction) {
      if (prediction.label() < 0 || prediction.label() >= labels.length) {
        return;
      }
      labels[prediction.label()]++;
      right[prediction.label()] += prediction.correct() ? 1 : 0;
      double probability = prediction.probability();
      if (probability >= 0 && probability <= 1) {
        int bin = Math.min(BINS - 1, (int) (probability * BINS));
        binned[bin]++;
        binRight[bin] += prediction.correct() ? 1 : 0;
        binProbability[bin] += probability;
      }
      int sample = prediction.sample();
      if (sample >= 0 && sample < MOST_SAMPLES) {
        keep(sample, prediction);
      }
    }

    private void keep(int sample, Prediction prediction) {
      if (sample >= label.length) {
        int length = Math.max(2 * label.length, sample + 1);
        label = Arrays.copyOf(label, length);
        probabilities = Arrays.copyOf(probabilities, length);
      }
      samples = Math.max(samples, sample + 1);
      label[sample] = prediction.label();
      double probability = prediction.labelProbability();
      probabilities[sample] += Double.isFinite(probability) ? (float) probability : 0;
    }

    /** The mean over the runs. */
    double labelProbability(int sample) {
      return probabilities[sample] / files.size();
    }

    Calibration calibration() {
      long all = LongStream.of(binned).sum();
      double error = 0;
      List<Calibration.Bin> bins = new ArrayList<>();
      for (int bin = 0; bin < BINS; bin++) {
        double probability = binProbability[bin] / binned[bin];
        double accuracy = (double) binRight[bin] / binned[bin];
        bins.add(new Calibration.Bin(probability, accuracy, binned[bin]));
        error += Math.abs(binRight[bin] - binProbability[bin]) / all;
      }
      return new Calibration(
          candidate,
          error,
          Arrays.stream(binProbability).sum() / all,
          (double) LongStream.of(binRight).sum() / all,
          bins);
    }
  }
}
