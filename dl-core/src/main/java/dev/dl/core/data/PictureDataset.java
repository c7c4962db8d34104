package dev.dl.core.data;

import dev.dl.core.data.image.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Encoded pictures, which are decoded when they are read, or were before.
 *
 * @param members numbers of those that can be read, each a sample
 * @param targets of all pictures
 * @param digests of all pictures
 * @param decoded of the samples, where they are kept
 */
record PictureDataset(
    Pictures pictures,
    int[] members,
    PackedTargets targets,
    Digests digests,
    PictureLoader loader,
    DecodedPictures decoded)
    implements Dataset<Image> {

  @Override
  public int size() {
    return members.length;
  }

  @Override
  public float[] target(int sample) {
    return targets.get(members[sample]);
  }

  @Override
  public Image read(int sample) {
    try {
      Optional<Image> kept = decoded.read(sample);
      if (kept.isPresent()) {
        return loader.prepared(kept.get());
      }
      int picture = members[sample];
      return loader.load(pictures.name(picture), pictures.content(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name(int sample) {
    return pictures.name(members[sample]);
  }

  @Override
  public byte[] digest(int sample) {
    return digests.get(members[sample]);
  }

  /**
   * That of the encoded pictures, wherever decoded ones are kept: how much memory there is must not
   * decide what a run computes.
   */
  @Override
  public Access access() {
    return pictures.streamed() ? Access.NEIGHBOURS : Access.EACH;
  }
}
