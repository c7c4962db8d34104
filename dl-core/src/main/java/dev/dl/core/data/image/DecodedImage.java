package dev.dl.core.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** What ImageIO decodes as a picture of ours. Colour profiles are not applied. */
final class DecodedImage {
  private DecodedImage() {}

  static Image toImage(BufferedImage decoded) throws ImageFormatException {
    ColorModel colours = decoded.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return fromPalette(decoded.getRaster(), palette);
    }
    int alpha = colours.hasAlpha() ? 1 : 0;
    int kind = colours.getColorSpace().getType();
    int bands = decoded.getRaster().getNumBands();
    byte[] planes = Planes.of(decoded.getRaster());
    if (kind == ColorSpace.TYPE_CMYK && bands == 4) {
      return image(decoded, 3, Planes.cmykToRgb(planes));
    }
    if ((kind == ColorSpace.TYPE_GRAY && bands == 1 + alpha)
        || (kind == ColorSpace.TYPE_RGB && bands == 3 + alpha)) {
      Image image = image(decoded, bands, planes);
      return colours.isAlphaPremultiplied() ? Alpha.unmultiplied(image) : image;
    }
    throw new ImageFormatException("a picture of " + bands + " samples in other colours");
  }

  /** The numbers that are stored for the pixels, each one only. */
  static Image numbers(BufferedImage decoded) throws ImageFormatException {
    Raster raster = decoded.getRaster();
    if (raster.getSampleModel().getSampleSize(0) > Byte.SIZE) {
      throw new ImageFormatException("a picture of 16 bits");
    }
    if (raster.getNumBands() > 1) {
      Image grey = toImage(decoded).withoutAlpha().greyIfAllIsGrey();
      if (grey.channels() > 1) {
        throw new ImageFormatException("a picture in colours without a palette");
      }
      return grey;
    }
    int height = raster.getHeight();
    int width = raster.getWidth();
    int[] samples =
        raster.getSamples(raster.getMinX(), raster.getMinY(), width, height, 0, (int[]) null);
    byte[] pixels = new byte[samples.length];
    for (int i = 0; i < samples.length; i++) {
      pixels[i] = (byte) samples[i];
    }
    return new Image(1, height, width, pixels);
  }

  private static Image image(BufferedImage decoded, int channels, byte[] planes) {
    return new Image(channels, decoded.getHeight(), decoded.getWidth(), planes);
  }

  private static Image fromPalette(Raster raster, IndexColorModel palette) {
    int height = raster.getHeight();
    int width = raster.getWidth();
    int channels = palette.hasAlpha() ? 4 : 3;
    int[] entries = new int[palette.getMapSize()];
    palette.getRGBs(entries);
    byte[] pixels = new byte[channels * height * width];
    int[] indices =
        raster.getSamples(raster.getMinX(), raster.getMinY(), width, height, 0, (int[]) null);
    for (int i = 0; i < indices.length; i++) {
      int entry = entries[indices[i]];
      pixels[i] = (byte) (entry >> 16);
      pixels[indices.length + i] = (byte) (entry >> 8);
      pixels[2 * indices.length + i] = (byte) entry;
      if (channels == 4) {
        pixels[3 * indices.length + i] = (byte) (entry >> 24);
      }
    }
    return new Image(channels, height, width, pixels);
  }
}
