package dev.dl.core.data;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageFormatException;
import dev.dl.core.data.image.ImageHeader;
import dev.dl.core.data.image.ImageReader;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The masks of pictures, found by the names of these. They stay in memory as long as they take no
 * more than a budget, and are read again otherwise.
 */
final class Masks {
  private static final int WINDOW = 64;

  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, Image> kept = new HashMap<>();
  private final Map<String, BitSet> occurring = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long budget;
  private MaskNumbers numbers;

  /**
   * No masks yet.
   *
   * @param memoryBudget bytes that they may take
   */
  Masks(long memoryBudget) {
    this.budget = memoryBudget;
  }

  /** Reads the masks of pictures, notes what is wrong, and returns what numbers they have. */
  BitSet add(List<Path> pictures, List<Path> masks) {
    BitSet all = new BitSet();
    InOrder.each(
        masks.size(),
        WINDOW,
        i -> look(pictures.get(i), masks.get(i)),
        (i, seen) -> {
          if (seen.problem != null) {
            problems.add(seen.problem);
            return;
          }
          String picture = pictures.get(i).toString();
          files.put(picture, masks.get(i));
          occurring.put(picture, seen.occurring);
          all.or(seen.occurring);
          budget -= seen.numbers.pixels().length;
          if (budget >= 0) {
            kept.put(picture, seen.numbers);
          }
        });
    return all;
  }

  private static Seen look(Path picture, Path mask) {
    try {
      Image numbers = ImageReader.numbers(ImageReader.content(mask));
      ImageHeader size = new ImageHeader(numbers.height(), numbers.width());
      ImageHeader wanted = size(picture, size);
      if (!size.equals(wanted)) {
        String problem = "%s: found %s pixels, expected %s as in %s";
        return new Seen(null, null, problem.formatted(mask, size, wanted, picture));
      }
      BitSet occurring = new BitSet();
      for (byte pixel : numbers.pixels()) {
        occurring.set(pixel & 0xff);
      }
      return new Seen(numbers, occurring, null);
    } catch (ImageFormatException e) {
      return new Seen(null, null, problem(mask, e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The size of a picture; what is wrong with one that has none, others tell. */
  private static ImageHeader size(Path picture, ImageHeader otherwise) throws IOException {
    try {
      return ImageReader.header(picture);
    } catch (ImageFormatException e) {
      return otherwise;
    }
  }

  private static String problem(Path mask, ImageFormatException e) {
    return mask + ": found " + e.getMessage() + ", expected a mask whose pixels are numbers";
  }

  /** Says what the numbers mean, and notes the masks that have others. */
  void decide(MaskNumbers meaning) {
    numbers = meaning;
    files.keySet().stream()
        .sorted()
        .toList()
        .forEach(
            picture ->
                meaning
                    .problem(files.get(picture), occurring.get(picture))
                    .ifPresent(
                        problem -> {
                          problems.add(problem);
                          files.remove(picture);
                        }));
  }

  MaskNumbers numbers() {
    return numbers;
  }

  /** One line for each mask that cannot be used. */
  List<String> problems() {
    return problems;
  }

  /** Whether there is a mask of a picture, and it can be used. */
  boolean has(Path picture) {
    return files.containsKey(picture.toString());
  }

  /** Whether a class occurs in the mask of a picture. */
  boolean shows(String picture, int index) {
    return occurring.get(picture).get(numbers.values().get(index));
  }

  /** The mask of a picture as classes, in the size of its file. */
  Image classes(String picture) {
    Image mask = kept.get(picture);
    return numbers.classes(mask == null ? read(files.get(picture)) : mask);
  }

  /** The class of each pixel of a picture that is brought to a size, -1 where it has none. */
  float[] targets(String picture, int height, int width) {
    return targets(classes(picture).fit(height, width, Filter.NEAREST));
  }

  static float[] targets(Image classes) {
    float[] targets = new float[classes.pixels().length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (classes.pixels()[i] & 0xff) - 1f;
    }
    return targets;
  }

  private static Image read(Path file) {
    try {
      return ImageReader.numbers(ImageReader.content(file));
    } catch (ImageFormatException e) {
      throw new DataException(List.of(problem(file, e)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Seen(Image numbers, BitSet occurring, String problem) {}
}
