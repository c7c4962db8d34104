package dev.dl.core.data;

import dev.dl.core.data.image.Filter;
import dev.dl.core.data.image.Image;
import dev.dl.core.data.image.ImageShape;

/**
 * Pictures whose targets are the classes of their pixels, row by row, -1 where a pixel has none.
 *
 * @param shape that pictures and masks are brought to
 */
record MaskedPictures(Dataset<Image> pictures, Masks masks, ImageShape shape)
    implements Dataset<Image> {

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public float[] target(int sample) {
    return masks.targets(name(sample), shape.height(), shape.width());
  }

  /** The mask of a picture as classes, in the size of {@link #read}'s picture. */
  Image mask(int sample, Image picture) {
    return masks.classes(name(sample)).fit(picture.height(), picture.width(), Filter.NEAREST);
  }

  @Override
  public Image read(int sample) {
    return pictures.read(sample);
  }

  @Override
  public byte[] digest(int sample) {
    return pictures.digest(sample);
  }

  @Override
  public String name(int sample) {
    return pictures.name(sample);
  }

  @Override
  public Access access() {
    return pictures.access();
  }
}
