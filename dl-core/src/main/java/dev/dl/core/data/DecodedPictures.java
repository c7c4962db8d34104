package dev.dl.core.data;

import dev.dl.core.data.image.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decoded pictures of one split, where they are kept; for one thread until all are added. */
final class DecodedPictures {
  private final List<Image> memory = new ArrayList<>();
  private final Place place;
  private SampleFile file;

  /** Where decoded pictures can be kept. */
  enum Place {
    MEMORY,
    FILE,
    NOWHERE
  }

  DecodedPictures(Place place) {
    this.place = place;
  }

  void add(Image picture) {
    switch (place) {
      case MEMORY -> memory.add(picture);
      case FILE -> write(picture);
      case NOWHERE -> {}
    }
  }

  /** Makes everything added readable. */
  void complete() throws IOException {
    if (file != null) {
      file.flush();
    }
  }

  /** A picture, by the order of adding; none if it was not kept. */
  Optional<Image> read(int picture) throws IOException {
    return switch (place) {
      case MEMORY -> Optional.of(memory.get(picture));
      case FILE -> Optional.of(Content.IMAGE.sample(file.read(picture)));
      case NOWHERE -> Optional.empty();
    };
  }

  private void write(Image picture) {
    try {
      if (file == null) {
        file = SampleFile.create();
      }
      file.add(Content.IMAGE.bytes(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
