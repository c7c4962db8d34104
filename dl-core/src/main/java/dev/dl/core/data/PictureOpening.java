package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.DecodedPictures.Place;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageHeader;
import dev.dl.core.data.image.ImageShape;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.rows.Rows;
import dev.dl.core.data.target.ClassEncoding;
import dev.dl.core.data.target.TargetEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How encoded pictures become datasets: their targets are encoded, their headers looked at, and
 * then all are decoded once, so that every bad one is told at once; those of shards only if they
 * are kept. What is decoded stays in memory if all of it fits, or else where {@link CacheSpec}
 * says.
 */
final class PictureOpening {
  private static final int COLOURS = 3;
  private static final int SIZES_NAMED = 5;

  private final DataSpec spec;
  private final long memoryBudget;
  private final List<String> notices;
  private final boolean whole;

  /**
   * @param memoryBudget bytes that decoded pictures may take, where the spec has no number
   * @param notices what the user should know so far; more are added
   */
  PictureOpening(DataSpec spec, long memoryBudget, List<String> notices) {
    this.spec = spec;
    this.memoryBudget = spec.cache().memory(memoryBudget);
    this.notices = notices;
    this.whole = spec.augmentation().takesWholePictures();
  }

  /**
   * Opens the pictures of each split.
   *
   * @throws ConfigException if they differ in size and the spec has none
   * @throws DataException naming all that are bad, unless they are to be left out
   */
  ImageData open(Map<Split, Pictures> splits) throws IOException {
    try {
      TargetEncoding target = fit(splits.get(Split.TRAIN));
      Map<Split, PackedTargets> targets = new EnumMap<>(Split.class);
      for (Map.Entry<Split, Pictures> split : splits.entrySet()) {
        targets.put(split.getKey(), encode(split.getValue(), target));
      }
      return open(splits, target, targets);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private TargetEncoding fit(Pictures training) throws IOException {
    try (Rows rows = training.targets()) {
      TargetEncoding target = spec.target().target().fit(rows);
      if (target instanceof ClassEncoding && target.outputs().size() < 2) {
        throw new DataException(
            rows.file(), "only the class " + target.outputs().get(0), "at least 2 classes");
      }
      return target;
    }
  }

  private static PackedTargets encode(Pictures pictures, TargetEncoding target) throws IOException {
    try (Rows rows = pictures.targets()) {
      return PackedTargets.of(rows, pictures.size(), target);
    }
  }

  /** Opens pictures whose targets are known. */
  ImageData open(
      Map<Split, Pictures> splits, TargetEncoding target, Map<Split, PackedTargets> targets)
      throws IOException {
    Map<Split, PictureSurvey> surveys = new EnumMap<>(Split.class);
    splits.forEach((split, pictures) -> surveys.put(split, PictureSurvey.of(pictures)));
    ImageHeader size = size(surveys);
    Place place = place(surveys, size);
    Map<Split, DecodedSplit> decoded = new EnumMap<>(Split.class);
    List<String> problems = new ArrayList<>();
    int channels = 1;
    for (Map.Entry<Split, PictureSurvey> survey : surveys.entrySet()) {
      DecodedSplit split =
          DecodedSplit.of(
              splits.get(survey.getKey()), survey.getValue(), place, image -> kept(image, size));
      decoded.put(survey.getKey(), split);
      problems.addAll(survey.getValue().problems());
      problems.addAll(split.problems());
      channels = Math.max(channels, split.channels());
    }
    ImageShape shape = new ImageShape(channels, size.height(), size.width());
    PictureLoader loader = new PictureLoader(shape, spec.image().filter(), whole);
    Map<Split, Dataset<Image>> datasets = new EnumMap<>(Split.class);
    decoded.forEach(
        (split, pictures) -> {
          if (!pictures.isEmpty()) {
            datasets.put(split, pictures.dataset(targets.get(split), loader));
          }
        });
    if (!datasets.containsKey(Split.TRAIN)) {
      throw new DataException(problems);
    }
    return new ImageData(
        datasets, shape, target, notices, new FoundPictures(problems, sizes(surveys)));
  }

  /** A picture as it is kept: it may still get more channels when those of all are known. */
  private Image kept(Image read, ImageHeader size) {
    Integer wanted = spec.image().channels();
    Image image = wanted == null ? read.withoutAlpha() : read.withChannels(wanted);
    return whole ? image : image.fit(size.height(), size.width(), spec.image().filter());
  }

  private Place place(Map<Split, PictureSurvey> surveys, ImageHeader size) {
    long pixels = 0;
    for (PictureSurvey survey : surveys.values()) {
      pixels +=
          whole
              ? survey.pixels()
              : (long) survey.good().cardinality() * size.height() * size.width();
    }
    Integer channels = spec.image().channels();
    long bytes = pixels * (channels == null ? COLOURS : channels);
    if (bytes <= memoryBudget) {
      return Place.MEMORY;
    }
    notices.add(
        String.format(
            Locale.ROOT,
            "decoded pictures may take %,d MB, more than the %,d MB of data.cache.memoryMegabytes: %s",
            bytes >> 20,
            memoryBudget >> 20,
            spec.cache().disk()
                ? "they are decoded once, into a temporary file in "
                    + System.getProperty("java.io.tmpdir")
                : "each is decoded whenever it is used (data.cache.disk=true: once, into a file)"));
    return spec.cache().disk() ? Place.FILE : Place.NOWHERE;
  }

  private ImageHeader size(Map<Split, PictureSurvey> surveys) {
    Map<String, Long> sizes = new TreeMap<>();
    surveys.values().stream()
        .flatMap(survey -> survey.sizes().entrySet().stream())
        .forEach(size -> sizes.merge(size.getKey().toString(), size.getValue(), Long::sum));
    Integer wanted = spec.image().size();
    if (wanted != null) {
      if (sizes.size() > 1) {
        notices.add("pictures of " + listed(sizes) + ", resized to " + wanted);
      }
      return new ImageHeader(wanted, wanted);
    }
    if (sizes.size() != 1) {
      List<String> problems =
          surveys.values().stream().flatMap(survey -> survey.problems().stream()).toList();
      if (!problems.isEmpty()) {
        throw new DataException(problems);
      }
      throw new ConfigException(
          "data.image.size",
          "nothing for pictures of " + listed(sizes),
          "a size for all",
          "add data.image.size=N");
    }
    return surveys.values().stream()
        .flatMap(survey -> survey.sizes().keySet().stream())
        .findFirst()
        .orElseThrow();
  }

  /** How many pictures there are of each size, the most frequent first. */
  private static Map<ImageHeader, Integer> sizes(Map<Split, PictureSurvey> surveys) {
    Map<ImageHeader, Integer> counts = new HashMap<>();
    surveys
        .values()
        .forEach(
            survey ->
                survey
                    .sizes()
                    .forEach((size, count) -> counts.merge(size, count.intValue(), Integer::sum)));
    Map<ImageHeader, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<ImageHeader, Integer>comparingByValue()
                .reversed()
                .thenComparing(count -> count.getKey().toString()))
        .forEach(count -> sorted.put(count.getKey(), count.getValue()));
    return sorted;
  }

  private static String listed(Map<String, Long> sizes) {
    return sizes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SIZES_NAMED)
        .map(size -> size.getValue() + " of " + size.getKey())
        .collect(Collectors.joining(", ", sizes.size() + " sizes (", ")"));
  }
}
