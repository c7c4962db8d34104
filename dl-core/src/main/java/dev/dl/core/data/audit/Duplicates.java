package dev.dl.core.data.audit;

import dev.dl.core.data.image.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Samples with the same, or nearly the same, content as others. */
public final class Duplicates {
  private static final int SHOWN_GROUPS = 100;
  private static final int SHOWN_SAMPLES = 6;
  private static final int NAMED = 2;

  private final SampleList samples;
  private final String noun;
  private final List<int[]> groups;

  private Duplicates(SampleList samples, String noun, Groups groups) {
    this.samples = samples;
    this.noun = noun;
    for (int i = 0; i < samples.size(); i++) {
      groups.join(i, samples.first(i));
    }
    this.groups = groups.ofSeveral();
  }

  /**
   * Samples of the same content.
   *
   * @param noun what one sample is: {@code row}
   */
  public static Duplicates exact(SampleList samples, String noun) {
    return new Duplicates(samples, noun, new Groups(samples.size()));
  }

  /** Pictures that are the same, or nearly so; each is looked at once, by several threads. */
  public static Duplicates ofPictures(SampleList samples, IntFunction<Image> pictures) {
    Groups groups = new Groups(samples.size());
    int[] distinct = samples.distinct();
    new NearPictures(distinct.length, i -> pictures.apply(distinct[i])).join(distinct, groups);
    return new Duplicates(samples, "picture", groups);
  }

  /**
   * Texts that are the same, or nearly so.
   *
   * @param shingles of the first text of each content, in their order
   */
  public static Duplicates ofTexts(SampleList samples, List<int[]> shingles) {
    Groups groups = new Groups(samples.size());
    new NearTexts(shingles).join(samples.distinct(), groups);
    return new Duplicates(samples, "text", groups);
  }

  /** The numbers of those samples that are worth a preview, in rising order. */
  public int[] shown() {
    return groups.stream()
        .sorted((one, other) -> kind(one).compareTo(kind(other)))
        .limit(SHOWN_GROUPS)
        .flatMapToInt(group -> Arrays.stream(chosen(group)))
        .sorted()
        .toArray();
  }

  /** A finding for each group, and another if the labels in it differ. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (int[] group : groups) {
      List<Sample> members = Arrays.stream(group).mapToObj(samples::sample).toList();
      findings.add(new Finding(kind(group), message(group), members));
      if (differ(group, samples::sameLabel)) {
        findings.add(
            new Finding(
                FindingKind.LABEL_CONFLICT,
                message(group) + ", labelled " + labels(members),
                members));
      }
    }
    return findings;
  }

  private FindingKind kind(int[] group) {
    if (differ(group, (one, other) -> samples.split(one) == samples.split(other))) {
      return sameContentInSeveralSplits(group) ? FindingKind.LEAK : FindingKind.NEAR_LEAK;
    }
    return near(group) ? FindingKind.NEAR_DUPLICATE : FindingKind.DUPLICATE;
  }

  private boolean near(int[] group) {
    return differ(group, (one, other) -> samples.first(one) == samples.first(other));
  }

  private boolean sameContentInSeveralSplits(int[] group) {
    return Arrays.stream(group)
        .anyMatch(member -> samples.split(member) != samples.split(samples.first(member)));
  }

  private static boolean differ(int[] group, Comparison same) {
    return Arrays.stream(group).anyMatch(member -> !same.test(group[0], member));
  }

  private String message(int[] group) {
    String names =
        Arrays.stream(chosen(group))
            .limit(NAMED)
            .mapToObj(samples::sample)
            .map(sample -> sample.name() + " (" + sample.split() + ")")
            .collect(Collectors.joining(" and "));
    int more = group.length - NAMED;
    return names
        + (more > 0 ? " and " + more + " more" : "")
        + (near(group) ? " are nearly the same " : " are the same ")
        + noun;
  }

  /** The first members, with one of another split among the first two if there is one. */
  private int[] chosen(int[] group) {
    int[] other =
        Arrays.stream(group)
            .skip(1)
            .filter(member -> samples.split(member) != samples.split(group[0]))
            .limit(1)
            .toArray();
    return IntStream.concat(
            IntStream.concat(IntStream.of(group[0]), IntStream.of(other)), IntStream.of(group))
        .distinct()
        .limit(SHOWN_SAMPLES)
        .toArray();
  }

  private static String labels(List<Sample> members) {
    return members.stream()
        .map(Sample::label)
        .distinct()
        .limit(NAMED + 1)
        .collect(Collectors.joining(", "));
  }

  private interface Comparison {
    boolean test(int one, int other);
  }
}
