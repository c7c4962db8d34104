package dev.dl.training.study;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Draft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The candidates of a study: those it lists, each with every combination of its grid. */
final class Candidates {
  static final String NAME = "name";

  private static final String MODEL = "model.name";
  private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9._+-]+");

  private Candidates() {}

  /** One way to be a candidate: the words of its name, and its settings. */
  private record Variant(List<String> words, Draft settings) {

    Variant with(String path, Draft value, String word) {
      return new Variant(
          Stream.concat(words.stream(), Stream.of(word)).toList(), settings.with(path, value));
    }
  }

  /**
   * All of them, in the order of the study.
   *
   * @throws ConfigException if two have one name, or the baseline is none of them
   */
  static List<Candidate> of(StudySpec study) {
    List<Variant> variants = listed(study);
    for (Map.Entry<String, Draft> dimension : study.grid().entries().entrySet()) {
      List<Variant> all = new ArrayList<>();
      for (Variant variant : variants) {
        int number = 1;
        for (Draft value : dimension.getValue().elements()) {
          all.add(variant.with(dimension.getKey(), value, word(dimension.getKey(), value, number)));
          number++;
        }
      }
      variants = all;
    }
    List<Candidate> candidates =
        variants.stream()
            .map(variant -> new Candidate(name(variant, study), variant.settings))
            .toList();
    requireDistinct(candidates);
    requireBaseline(study, candidates);
    return candidates;
  }

  private static List<Variant> listed(StudySpec study) {
    Variant base = new Variant(List.of(), study.base());
    if (study.candidates().isEmpty()) {
      return List.of(base);
    }
    List<Variant> variants = new ArrayList<>();
    for (Draft candidate : study.candidates()) {
      Map<String, Draft> settings = candidate.entries();
      Draft name = settings.remove(NAME);
      int number = variants.size() + 1;
      Variant variant = base;
      for (Map.Entry<String, Draft> setting : settings.entrySet()) {
        variant =
            variant.with(
                setting.getKey(),
                setting.getValue(),
                word(setting.getKey(), setting.getValue(), number));
      }
      variants.add(
          name == null
              ? variant
              : new Variant(List.of(name.text().orElse(name.shown())), variant.settings));
    }
    return variants;
  }

  /**
   * What a setting adds to the name: {@code resnet8}, {@code learningRate-0.1}, {@code layers-2}.
   */
  private static String word(String path, Draft value, int number) {
    if (path.equals(MODEL) && value.text().isPresent()) {
      return value.text().get();
    }
    String key = path.substring(path.lastIndexOf('.') + 1);
    return key + "-" + value.text().orElse(String.valueOf(number));
  }

  private static String name(Variant variant, StudySpec study) {
    String name =
        variant.words.isEmpty()
            ? study.base().find(MODEL).flatMap(Draft::text).orElse(study.name())
            : String.join("-", variant.words);
    return STRANGE.matcher(name).replaceAll("_").replaceFirst("^[-.]+", "");
  }

  private static void requireDistinct(List<Candidate> candidates) {
    Set<String> names = new HashSet<>();
    for (Candidate candidate : candidates) {
      if (!names.add(candidate.name())) {
        throw new ConfigException(
            "candidates",
            "two of the name " + candidate.name(),
            "candidates that differ in their names",
            "give each a name");
      }
    }
  }

  private static void requireBaseline(StudySpec study, List<Candidate> candidates) {
    List<String> names = candidates.stream().map(Candidate::name).toList();
    if (study.baseline() != null && !names.contains(study.baseline())) {
      throw new ConfigException(
          "baseline", '"' + study.baseline() + '"', "one of " + String.join(", ", names), "");
    }
  }
}
