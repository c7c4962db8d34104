package dev.dl.core.data;

import dev.dl.core.data.DecodedPictures.Place;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageFormatException;
import dev.dl.core.data.image.ImageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The pictures of one split as decoding found them. */
final class DecodedSplit {
  /** Bytes of pictures that may be decoded and not yet put where they are kept. */
  private static final long WINDOW_BYTES = 1 << 26;

  private static final int LARGEST_WINDOW = 64;

  /** Shards are taken to be grey if so many pictures spread over them are. */
  private static final int SPREAD = 1_000;

  private final Pictures pictures;
  private final BitSet good;
  private final Digests digests;
  private final Place place;
  private final DecodedPictures kept;
  private final UnaryOperator<Image> form;
  private final List<String> problems = new ArrayList<>();
  private int channels = 1;

  private DecodedSplit(
      Pictures pictures, PictureSurvey survey, Place place, UnaryOperator<Image> form) {
    this.pictures = pictures;
    this.good = (BitSet) survey.good().clone();
    this.digests = pictures.streamed() ? survey.digests() : new Digests(pictures.size());
    this.place = place;
    this.kept = new DecodedPictures(place);
    this.form = form;
  }

  /**
   * Decodes pictures; of shards that are not kept, only some.
   *
   * @param place where they are kept
   * @param form what each is made into before
   */
  static DecodedSplit of(
      Pictures pictures, PictureSurvey survey, Place place, UnaryOperator<Image> form)
      throws IOException {
    DecodedSplit split = new DecodedSplit(pictures, survey, place, form);
    int[] all = survey.good().stream().toArray();
    int step = pictures.streamed() ? Math.max(1, all.length / SPREAD) : 1;
    boolean some = pictures.streamed() && place == Place.NOWHERE;
    int[] wanted =
        IntStream.range(0, all.length)
            .filter(i -> !some || i % step == 0)
            .map(i -> all[i])
            .toArray();
    InOrder.each(
        wanted.length,
        window(survey),
        i -> split.decode(wanted[i]),
        (i, decoded) -> split.add(wanted[i], decoded, some || i % step == 0));
    split.kept.complete();
    return split;
  }

  private static int window(PictureSurvey survey) {
    long each = 1 + 3 * survey.pixels() / Math.max(1, survey.good().cardinality());
    return (int) Math.max(2, Math.min(LARGEST_WINDOW, WINDOW_BYTES / each));
  }

  private Decoded decode(int picture) {
    try {
      Image image = form.apply(ImageReader.read(pictures.content(picture)));
      return new Decoded(
          image.channels(),
          pictures.streamed() ? null : Content.IMAGE.digest(image),
          place == Place.NOWHERE ? null : image,
          null);
    } catch (ImageFormatException e) {
      return new Decoded(0, null, null, PictureLoader.problem(pictures.name(picture), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(int picture, Decoded decoded, boolean counts) {
    if (decoded.problem != null) {
      problems.add(decoded.problem);
      good.clear(picture);
      return;
    }
    if (counts) {
      channels = Math.max(channels, decoded.channels);
    }
    if (decoded.digest != null) {
      digests.put(picture, decoded.digest);
    }
    kept.add(decoded.image);
  }

  /** The most channels that a picture has. */
  int channels() {
    return channels;
  }

  /** One line for each picture that could not be decoded, but for those the survey has told of. */
  List<String> problems() {
    return problems;
  }

  /** Whether any picture can be used. */
  boolean isEmpty() {
    return good.isEmpty();
  }

  /** The pictures that can be used. */
  Dataset<Image> dataset(PackedTargets targets, PictureLoader loader) {
    return new PictureDataset(pictures, good.stream().toArray(), targets, digests, loader, kept);
  }

  private record Decoded(int channels, byte[] digest, Image image, String problem) {}
}
