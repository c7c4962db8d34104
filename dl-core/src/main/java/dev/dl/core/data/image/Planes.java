package dev.dl.core.data.image;

import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/** Samples of decoded pictures as planes of bytes, {@code [bands, height, width]}. */
final class Planes {
  private Planes() {}

  /** The samples of every band, scaled to 8 bits. */
  static byte[] of(Raster raster) throws ImageFormatException {
    SampleModel model = raster.getSampleModel();
    boolean bytes = model instanceof ComponentSampleModel;
    for (int band = 0; band < raster.getNumBands(); band++) {
      bytes &= model.getSampleSize(band) == 8;
    }
    return bytes && raster.getTransferType() == DataBuffer.TYPE_BYTE
        ? split(raster)
        : scaled(raster);
  }

  private static byte[] split(Raster raster) {
    int bands = raster.getNumBands();
    int width = raster.getWidth();
    int plane = raster.getHeight() * width;
    byte[] planes = new byte[bands * plane];
    byte[] row = new byte[bands * width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int band = 0; band < bands; band++) {
        int to = band * plane + y * width;
        for (int x = 0; x < width; x++) {
          planes[to + x] = row[x * bands + band];
        }
      }
    }
    return planes;
  }

  private static byte[] scaled(Raster raster) throws ImageFormatException {
    int bands = raster.getNumBands();
    int width = raster.getWidth();
    byte[] planes = new byte[bands * raster.getHeight() * width];
    int[] row = new int[width];
    int to = 0;
    for (int band = 0; band < bands; band++) {
      int bits = raster.getSampleModel().getSampleSize(band);
      if (bits > 16 || raster.getTransferType() == DataBuffer.TYPE_SHORT) {
        throw new ImageFormatException("a picture with samples of " + bits + " bits");
      }
      int white = (1 << bits) - 1;
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
        for (int x = 0; x < width; x++) {
          planes[to++] = (byte) ((row[x] * 255 + white / 2) / white);
        }
      }
    }
    return planes;
  }

  /** The colours of inks, of which the fourth is black, on white paper. */
  static byte[] cmykToRgb(byte[] inks) {
    int plane = inks.length / 4;
    byte[] colours = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      int white = 255 - (inks[3 * plane + i] & 0xff);
      for (int at = i; at < colours.length; at += plane) {
        colours[at] = (byte) (white - Alpha.times(inks[at] & 0xff, white));
      }
    }
    return colours;
  }
}
