package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.image.ImageFiles;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.target.ClassEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A folder with pictures in {@code images} and a mask of the same name for each in {@code masks};
 * or such folders named {@code train}, {@code val} and {@code test}.
 */
final class MaskFolder implements DataSource {
  private static final DatasetInfo INFO =
      DatasetInfo.ofYours(
          "image-masks",
          DatasetTask.SEGMENTATION,
          "folders images and masks, the masks PNG files whose pixels are numbers of classes, with or"
              + " without train, val and test above");

  /** Masks take a byte a pixel, pictures mostly three. */
  private static final int SHARE_OF_MASKS = 4;

  private final long memoryBudget;

  /** Keeps pictures and masks in memory if they take no more bytes than this. */
  MaskFolder(long memoryBudget) {
    this.memoryBudget = memoryBudget;
  }

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    if (spec.path() == null) {
      throw new ConfigException(
          "data.path", "nothing", "the folder of images and masks", "add data.path=FOLDER");
    }
    Masks masks = new Masks(spec.cache().memory(memoryBudget) / SHARE_OF_MASKS);
    List<String> notices = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Map<Split, List<Path>> pictures = new EnumMap<>(Split.class);
    BitSet ofTraining = new BitSet();
    Map<Split, Path> folders = SplitFolders.below(base.resolve(spec.path()).normalize());
    for (Map.Entry<Split, Path> folder : new EnumMap<>(folders).entrySet()) {
      Pairs pairs = Pairs.in(folder.getValue(), notices);
      problems.addAll(pairs.problems);
      BitSet numbers = masks.add(pairs.pictures, pairs.masks);
      pictures.put(folder.getKey(), pairs.pictures);
      if (folder.getKey() == Split.TRAIN) {
        ofTraining.or(numbers);
      }
    }
    List<String> names = decide(spec.mask(), masks, ofTraining, problems, folders, notices);
    problems.addAll(masks.problems());
    spec.onBadSample().tell(problems, notices);
    return new MaskData(images(spec, pictures, masks, names, notices), masks);
  }

  private static List<String> decide(
      MaskSpec spec,
      Masks masks,
      BitSet ofTraining,
      List<String> problems,
      Map<Split, Path> folders,
      List<String> notices) {
    MaskNumbers numbers = numbers(spec, ofTraining);
    if (numbers.values().size() < 2) {
      List<String> all = new ArrayList<>(problems);
      all.addAll(masks.problems());
      all.add(
          "%s: found masks with %s only, expected at least 2 classes beside %d for no class; see data.mask"
              .formatted(folders.get(Split.TRAIN), ofTraining, spec.ignore()));
      throw new DataException(all);
    }
    masks.decide(numbers);
    List<String> absent =
        numbers.values().stream()
            .filter(value -> !ofTraining.get(value))
            .map(String::valueOf)
            .toList();
    if (!absent.isEmpty()) {
      notices.add("no mask for training has the numbers " + String.join(", ", absent));
    }
    return spec.classes().isEmpty()
        ? numbers.values().stream().map(String::valueOf).toList()
        : spec.classes();
  }

  private static MaskNumbers numbers(MaskSpec spec, BitSet ofTraining) {
    if (!spec.values().isEmpty()) {
      return new MaskNumbers(spec.values(), spec.ignore());
    }
    BitSet classes = (BitSet) ofTraining.clone();
    classes.clear(spec.ignore());
    int count = spec.classes().isEmpty() ? classes.length() : spec.classes().size();
    return new MaskNumbers(IntStream.range(0, count).boxed().toList(), spec.ignore());
  }

  private ImageData images(
      DataSpec spec,
      Map<Split, List<Path>> found,
      Masks masks,
      List<String> names,
      List<String> notices)
      throws IOException {
    Map<Split, Pictures> pictures = new EnumMap<>(Split.class);
    Map<Split, PackedTargets> none = new EnumMap<>(Split.class);
    found.forEach(
        (split, files) -> {
          List<Path> good = files.stream().filter(masks::has).toList();
          pictures.put(split, new PictureFiles(Path.of(""), good, List.of(), List.of()));
          none.put(split, new PackedTargets(new float[0], 0));
        });
    long budget = memoryBudget - memoryBudget / SHARE_OF_MASKS;
    return new PictureOpening(spec, budget, notices)
        .open(pictures, new ClassEncoding("mask", names), none);
  }

  /**
   * Pictures of one split with the masks beside them.
   *
   * @param problems one line for each picture without a mask
   */
  private record Pairs(List<Path> pictures, List<Path> masks, List<String> problems) {

    static Pairs in(Path folder, List<String> notices) throws IOException {
      Path images = folder.resolve("images");
      Path masks = folder.resolve("masks");
      for (Path needed : List.of(images, masks)) {
        if (!Files.isDirectory(needed)) {
          throw new DataMissingException(needed + ": no such folder, expected images and masks");
        }
      }
      ImageFiles found = ImageFiles.below(images);
      found.skipped().forEach(line -> notices.add("skipped " + line));
      if (found.files().isEmpty()) {
        throw new DataException(images, "no pictures", "at least one");
      }
      Pairs pairs = new Pairs(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      List<Path> alone = new ArrayList<>(ImageFiles.below(masks).files());
      for (Path picture : found.files()) {
        String name = images.relativize(picture).toString();
        Path mask = masks.resolve(name.substring(0, name.lastIndexOf('.')) + ".png");
        if (Files.exists(mask)) {
          pairs.pictures.add(picture);
          pairs.masks.add(mask);
          alone.remove(mask);
        } else {
          pairs.problems.add(picture + ": found no mask, expected " + mask);
        }
      }
      alone.forEach(mask -> notices.add("skipped " + mask + ": a mask without a picture"));
      return pairs;
    }
  }
}
