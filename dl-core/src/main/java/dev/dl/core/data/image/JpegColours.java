package dev.dl.core.data.image;

import com.drew.metadata.Metadata;
import com.drew.metadata.adobe.AdobeJpegDirectory;
import com.drew.metadata.jfif.JfifDirectory;
import com.drew.metadata.jpeg.JpegComponent;
import com.drew.metadata.jpeg.JpegDirectory;
import java.awt.image.Raster;

/**
 * The samples of a JPEG file as grey or red, green and blue, by the arithmetic and the rules of
 * libjpeg and Pillow, to the bit. Colour profiles are not applied.
 *
 * @see <a href="https://www.w3.org/Graphics/JPEG/jfif3.pdf">JPEG File Interchange Format 1.02</a>
 */
final class JpegColours {
  private static final int UNCHANGED = 0;
  private static final int YCCK = 2;

  private JpegColours() {}

  /** A picture of 1 or 3 channels from samples as they are stored. */
  static Image toImage(Raster samples, Metadata metadata) throws ImageFormatException {
    int height = samples.getHeight();
    int width = samples.getWidth();
    byte[] planes = Planes.of(samples);
    AdobeJpegDirectory adobe = metadata.getFirstDirectoryOfType(AdobeJpegDirectory.class);
    switch (samples.getNumBands()) {
      case 1:
        return new Image(1, height, width, planes);
      case 3:
        if (!isRgb(metadata, adobe)) {
          yccToRgb(planes, height * width);
        }
        return new Image(3, height, width, planes);
      case 4:
        if (adobe != null) {
          uninvert(planes, transform(adobe) == YCCK, height * width);
        }
        return new Image(3, height, width, Planes.cmykToRgb(planes));
      default:
        throw new ImageFormatException("a JPEG of " + samples.getNumBands() + " components");
    }
  }

  private static boolean isRgb(Metadata metadata, AdobeJpegDirectory adobe) {
    if (metadata.containsDirectoryOfType(JfifDirectory.class)) {
      return false;
    }
    if (adobe != null) {
      return transform(adobe) == UNCHANGED;
    }
    JpegDirectory frame = metadata.getFirstDirectoryOfType(JpegDirectory.class);
    return frame != null
        && isNamed(frame.getComponent(0), 'R')
        && isNamed(frame.getComponent(1), 'G')
        && isNamed(frame.getComponent(2), 'B');
  }

  private static boolean isNamed(JpegComponent component, char name) {
    return component != null && component.getComponentId() == name;
  }

  private static int transform(AdobeJpegDirectory adobe) {
    Integer transform = adobe.getInteger(AdobeJpegDirectory.TAG_COLOR_TRANSFORM);
    return transform == null ? UNCHANGED : transform;
  }

  /** Adobe stores inks inverted; of YCCK the first three become inks only by a second inversion. */
  private static void uninvert(byte[] planes, boolean ycck, int plane) {
    if (ycck) {
      yccToRgb(planes, plane);
    }
    for (int i = ycck ? 3 * plane : 0; i < planes.length; i++) {
      planes[i] = (byte) ~planes[i];
    }
  }

  /** Coefficients in 16 bits after the point. */
  private static void yccToRgb(byte[] planes, int plane) {
    for (int i = 0; i < plane; i++) {
      int luma = planes[i] & 0xff;
      int blue = (planes[plane + i] & 0xff) - 128;
      int red = (planes[2 * plane + i] & 0xff) - 128;
      planes[i] = clip(luma + ((91881 * red + 32768) >> 16));
      planes[plane + i] = clip(luma + ((32768 - 22554 * blue - 46802 * red) >> 16));
      planes[2 * plane + i] = clip(luma + ((116130 * blue + 32768) >> 16));
    }
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(value, 255));
  }
}
