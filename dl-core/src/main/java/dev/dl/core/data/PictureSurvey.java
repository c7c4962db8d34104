package dev.dl.core.data;

import dev.dl.core.data.image.ImageFormatException;
import dev.dl.core.data.image.ImageHeader;
import dev.dl.core.data.image.ImageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the headers of one split's pictures say. */
final class PictureSurvey {
  private static final int WINDOW = 256;

  private final Map<ImageHeader, Long> sizes = new TreeMap<>(PictureSurvey::bySize);
  private final List<String> problems = new ArrayList<>();
  private final BitSet good = new BitSet();
  private final Digests digests;
  private long pixels;

  private PictureSurvey(int count) {
    this.digests = new Digests(count);
  }

  /** Reads the header of each picture, no pixels. */
  static PictureSurvey of(Pictures pictures) {
    PictureSurvey survey = new PictureSurvey(pictures.size());
    InOrder.each(pictures.size(), WINDOW, picture -> look(pictures, picture), survey::add);
    return survey;
  }

  private static Seen look(Pictures pictures, int picture) {
    try {
      byte[] content = pictures.content(picture);
      ImageHeader header = ImageReader.header(content, ImageReader.MOST_PIXELS);
      return new Seen(header, Fingerprint.sha256().digest(content), null);
    } catch (ImageFormatException e) {
      return new Seen(null, null, PictureLoader.problem(pictures.name(picture), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(int picture, Seen seen) {
    if (seen.problem != null) {
      problems.add(seen.problem);
      return;
    }
    good.set(picture);
    sizes.merge(seen.header, 1L, Long::sum);
    pixels += (long) seen.header.height() * seen.header.width();
    digests.put(picture, seen.digest);
  }

  private static int bySize(ImageHeader first, ImageHeader second) {
    return first.toString().compareTo(second.toString());
  }

  /** How many pictures there are of each size. */
  Map<ImageHeader, Long> sizes() {
    return sizes;
  }

  /** Pixels of all pictures. */
  long pixels() {
    return pixels;
  }

  /** The pictures whose headers are whole. */
  BitSet good() {
    return good;
  }

  /** One line for each of the others. */
  List<String> problems() {
    return problems;
  }

  /** SHA-256 of the pictures as they are encoded. */
  Digests digests() {
    return digests;
  }

  private record Seen(ImageHeader header, byte[] digest, String problem) {}
}
