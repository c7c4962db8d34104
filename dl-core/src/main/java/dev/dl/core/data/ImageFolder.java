package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageFiles;
import dev.dl.core.data.image.ImageFormatException;
import dev.dl.core.data.image.ImageHeader;
import dev.dl.core.data.image.ImageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder with one sub-folder of pictures for each class, named after it; or such folders named
 * {@code train}, and where there are more splits {@code val} (or {@code validation}) and {@code
 * test}. Every picture is decoded once when the folder is opened, so that all bad ones are told at
 * once. They stay in memory if they fit into half of it.
 */
final class ImageFolder implements DataSource {
  private static final DatasetInfo INFO =
      DatasetInfo.ofYours(
          "image-folder",
          DatasetTask.IMAGES,
          "a folder of pictures, one sub-folder per class, with or without train, val and test above");

  private static final Map<Split, List<String>> FOLDERS =
      Map.of(
          Split.TRAIN, List.of("train"),
          Split.VALIDATION, List.of("validation", "val", "valid"),
          Split.TEST, List.of("test"));

  private final long memoryBudget;

  /** Keeps the pictures in memory if they take no more bytes than this. */
  ImageFolder(long memoryBudget) {
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
          "data.path", "nothing", "the folder of the pictures", "add data.path=FOLDER");
    }
    Path root = base.resolve(spec.path()).normalize();
    Map<Split, Path> folders = splitFolders(root);
    List<String> classNames = subFolders(folders.get(Split.TRAIN));
    if (classNames.size() < 2) {
      throw new DataException(
          folders.get(Split.TRAIN),
          classNames.size() + " sub-folders",
          "one for each class, at least 2");
    }
    List<String> notices = new ArrayList<>();
    List<Picture> pictures = new ArrayList<>();
    for (Map.Entry<Split, Path> folder : folders.entrySet()) {
      pictures.addAll(pictures(folder.getKey(), folder.getValue(), classNames, notices));
    }
    try {
      return decode(pictures, spec, classNames, notices);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Map<Split, Path> splitFolders(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new DataMissingException(
          root + ": no such folder; name the folder of the pictures with data.path=FOLDER");
    }
    Map<Split, Path> folders = new EnumMap<>(Split.class);
    FOLDERS.forEach(
        (split, names) ->
            names.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .ifPresent(folder -> folders.put(split, folder)));
    Path train = folders.get(Split.TRAIN);
    return train != null && !subFolders(train).isEmpty() ? folders : Map.of(Split.TRAIN, root);
  }

  private static List<String> subFolders(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(Files::isDirectory)
          .map(child -> child.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static List<Picture> pictures(
      Split split, Path folder, List<String> classNames, List<String> notices) throws IOException {
    List<String> unknown = new ArrayList<>(subFolders(folder));
    unknown.removeAll(classNames);
    if (!unknown.isEmpty()) {
      throw new DataException(
          folder,
          "classes that the training split lacks: " + String.join(", ", unknown),
          String.join(", ", classNames));
    }
    List<Picture> pictures = new ArrayList<>();
    for (int label = 0; label < classNames.size(); label++) {
      Path classFolder = folder.resolve(classNames.get(label));
      int before = pictures.size();
      if (Files.isDirectory(classFolder)) {
        ImageFiles found = ImageFiles.below(classFolder);
        found.skipped().forEach(line -> notices.add("skipped " + line));
        for (Path file : found.files()) {
          pictures.add(new Picture(split, file, label));
        }
      }
      if (pictures.size() == before) {
        if (split == Split.TRAIN) {
          throw new DataException(classFolder, "no pictures", "at least one of each class");
        }
        notices.add(folder + ": no pictures of class " + classNames.get(label) + " in this split");
      }
    }
    return pictures;
  }

  private ImageData decode(
      List<Picture> pictures, DataSpec spec, List<String> classNames, List<String> notices) {
    List<Read<ImageHeader>> headers = all(pictures, ImageReader::header);
    boolean whole = spec.augmentation().takesWholePictures();
    Integer wanted = spec.image().channels();
    ImageHeader size = size(headers, spec, notices);
    boolean inMemory = bytes(headers, whole ? null : size) <= memoryBudget;
    List<Read<Decoded>> decoded =
        all(
            pictures,
            file -> {
              Image read = ImageReader.read(file);
              Image image = wanted == null ? read.withoutAlpha() : read.withChannels(wanted);
              Image kept =
                  whole ? image : image.fit(size.height(), size.width(), spec.image().filter());
              return new Decoded(
                  image.channels(), Content.IMAGE.digest(kept), inMemory ? kept : null);
            });
    List<String> unreadable = problems(Stream.concat(headers.stream(), decoded.stream()));
    List<Integer> good = good(pictures, decoded, unreadable);
    int channels =
        good.stream().mapToInt(i -> decoded.get(i).value().channels()).max().orElseThrow();
    ImageShape shape = new ImageShape(channels, size.height(), size.width());
    PictureLoader loader = new PictureLoader(shape, spec.image().filter(), whole);
    Map<Split, Dataset<Image>> splits = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      List<Integer> members = good.stream().filter(i -> pictures.get(i).split() == split).toList();
      if (!members.isEmpty()) {
        splits.put(split, dataset(members, pictures, decoded, loader, inMemory));
      }
    }
    return new ImageData(
        splits, shape, classNames, notices, new PictureFiles(unreadable, sizes(headers)));
  }

  /** What the pictures take in memory: at one size, or each at its own. */
  private static long bytes(List<Read<ImageHeader>> headers, ImageHeader size) {
    return headers.stream()
        .map(Read::value)
        .filter(Objects::nonNull)
        .map(header -> size == null ? header : size)
        .mapToLong(header -> 3L * header.height() * header.width())
        .sum();
  }

  private static Dataset<Image> dataset(
      List<Integer> members,
      List<Picture> pictures,
      List<Read<Decoded>> decoded,
      PictureLoader loader,
      boolean inMemory) {
    List<Image> kept =
        inMemory
            ? members.stream().map(i -> loader.prepared(decoded.get(i).value().image())).toList()
            : List.of();
    return new PictureDataset(
        members.stream().map(i -> pictures.get(i).file()).toList(),
        members.stream().map(i -> Targets.ofClass(pictures.get(i).label())).toList(),
        members.stream().map(i -> decoded.get(i).value().digest()).toList(),
        loader,
        kept);
  }

  private static ImageHeader size(
      List<Read<ImageHeader>> headers, DataSpec spec, List<String> notices) {
    Map<ImageHeader, Integer> sizes = sizes(headers);
    String found =
        sizes.entrySet().stream()
            .limit(5)
            .map(size -> size.getValue() + " of " + size.getKey())
            .collect(Collectors.joining(", ", sizes.size() + " sizes (", ")"));
    if (spec.image().size() != null) {
      if (sizes.size() > 1) {
        notices.add("pictures of " + found + ", resized to " + spec.image().size());
      }
      return new ImageHeader(spec.image().size(), spec.image().size());
    }
    if (sizes.size() != 1) {
      List<String> problems = problems(headers.stream());
      if (!problems.isEmpty()) {
        throw new DataException(problems);
      }
      throw new ConfigException(
          "data.image.size",
          "nothing for pictures of " + found,
          "a size for all",
          "add data.image.size=N");
    }
    return sizes.keySet().iterator().next();
  }

  /** The pictures that could be read, some of them for training. */
  private static List<Integer> good(
      List<Picture> pictures, List<Read<Decoded>> decoded, List<String> unreadable) {
    List<Integer> good =
        IntStream.range(0, decoded.size())
            .filter(i -> decoded.get(i).value() != null)
            .boxed()
            .toList();
    if (good.stream().noneMatch(i -> pictures.get(i).split() == Split.TRAIN)) {
      throw new DataException(unreadable);
    }
    return good;
  }

  private static Map<ImageHeader, Integer> sizes(List<Read<ImageHeader>> headers) {
    Map<ImageHeader, Integer> counts = new HashMap<>();
    for (Read<ImageHeader> header : headers) {
      if (header.value() != null) {
        counts.merge(header.value(), 1, Integer::sum);
      }
    }
    Map<ImageHeader, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<ImageHeader, Integer>comparingByValue()
                .reversed()
                .thenComparing(count -> count.getKey().toString()))
        .forEach(count -> sorted.put(count.getKey(), count.getValue()));
    return sorted;
  }

  private static List<String> problems(Stream<? extends Read<?>> reads) {
    return reads.map(Read::problem).filter(Objects::nonNull).distinct().toList();
  }

  private static <T> List<Read<T>> all(List<Picture> pictures, Reading<T> reading) {
    return pictures.parallelStream().map(picture -> read(picture.file(), reading)).toList();
  }

  private static <T> Read<T> read(Path file, Reading<T> reading) {
    try {
      return new Read<>(reading.read(file), null);
    } catch (ImageFormatException e) {
      return new Read<>(null, PictureLoader.problem(file, e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Picture(Split split, Path file, int label) {}

  /** A picture's own channels, its digest, and the picture where it is kept. */
  private record Decoded(int channels, byte[] digest, Image image) {}

  /** Something read from a file, or else why it could not be. */
  private record Read<T>(T value, String problem) {}

  private interface Reading<T> {
    T read(Path file) throws IOException;
  }
}
