package dev.dl.core.data.image;

/**
 * How the pixels of a file lie, in the order of the values of EXIF's tag from 1 on.
 *
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf">Exif 2.3, 4.6.4</a>
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, false, true),
  UPSIDE_DOWN(false, true, true),
  FLIPPED(false, true, false),
  TRANSPOSED(true, false, false),
  TURNED_LEFT(true, true, false),
  TRANSVERSED(true, true, true),
  TURNED_RIGHT(true, false, true);

  private final boolean transposed;
  private final boolean rowsReversed;
  private final boolean columnsReversed;

  Orientation(boolean transposed, boolean rowsReversed, boolean columnsReversed) {
    this.transposed = transposed;
    this.rowsReversed = rowsReversed;
    this.columnsReversed = columnsReversed;
  }

  /** The orientation of a value of the tag; upright for a value without meaning. */
  static Orientation of(int tag) {
    return tag >= 1 && tag <= values().length ? values()[tag - 1] : UPRIGHT;
  }

  /** The size of a picture of this orientation when upright. */
  ImageHeader upright(ImageHeader stored) {
    return transposed ? new ImageHeader(stored.width(), stored.height()) : stored;
  }

  /** A picture of this orientation, turned upright. */
  Image upright(Image stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    ImageHeader size = upright(new ImageHeader(stored.height(), stored.width()));
    byte[] pixels = new byte[stored.pixels().length];
    int to = 0;
    for (int channel = 0; channel < stored.channels(); channel++) {
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0; x < size.width(); x++) {
          int row = reversed(transposed ? x : y, stored.height(), rowsReversed);
          int column = reversed(transposed ? y : x, stored.width(), columnsReversed);
          pixels[to++] =
              stored.pixels()[(channel * stored.height() + row) * stored.width() + column];
        }
      }
    }
    return new Image(stored.channels(), size.height(), size.width(), pixels);
  }

  private static int reversed(int index, int size, boolean reversed) {
    return reversed ? size - 1 - index : index;
  }
}
