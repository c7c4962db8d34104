package dev.dl.core.data.image;

/**
 * A picture in memory.
 *
 * @param channels 1 (grey) or 3 (red, green, blue), and one more, the last, for transparency
 * @param pixels {@code [channels, height, width]}, unsigned
 */
public record Image(int channels, int height, int width, byte[] pixels) {

  public Image {
    if (channels < 1 || channels > 4 || pixels.length != channels * height * width) {
      throw new IllegalArgumentException(
          channels + "x" + height + "x" + width + " with " + pixels.length + " pixels");
    }
  }

  /**
   * The picture in grey or in colour. Grey is the luma of ITU-R BT.601, rounded as Pillow does;
   * from grey, the three channels are equal.
   */
  public Image withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int plane = height * width;
    byte[] converted = new byte[wanted * plane];
    for (int i = 0; i < plane; i++) {
      if (wanted == 1) {
        converted[i] = luma(pixels[i], pixels[plane + i], pixels[2 * plane + i]);
      } else {
        converted[i] = converted[plane + i] = converted[2 * plane + i] = pixels[i];
      }
    }
    return new Image(wanted, height, width, converted);
  }

  /** The picture stretched to this size. */
  public Image resize(int wantedHeight, int wantedWidth) {
    byte[] resized = new byte[channels * wantedHeight * wantedWidth];
    int plane = wantedHeight * wantedWidth;
    for (int channel = 0; channel < channels; channel++) {
      byte[] scaled =
          Resampling.resize(
              pixels, channel * height * width, height, width, wantedHeight, wantedWidth);
      System.arraycopy(scaled, 0, resized, channel * plane, plane);
    }
    return new Image(channels, wantedHeight, wantedWidth, resized);
  }

  /**
   * The picture at this size: scaled until it covers it, with its proportions kept, and then
   * cropped around the centre. As torchvision's {@code Resize} and {@code CenterCrop} do.
   */
  public Image fit(int wantedHeight, int wantedWidth) {
    if (wantedHeight == height && wantedWidth == width) {
      return this;
    }
    boolean heightDecides = (long) height * wantedWidth <= (long) width * wantedHeight;
    int scaledHeight = heightDecides ? wantedHeight : (int) ((long) wantedWidth * height / width);
    int scaledWidth = heightDecides ? (int) ((long) wantedHeight * width / height) : wantedWidth;
    int top = (int) Math.rint((scaledHeight - wantedHeight) / 2.0);
    int left = (int) Math.rint((scaledWidth - wantedWidth) / 2.0);
    byte[] fitted = new byte[channels * wantedHeight * wantedWidth];
    for (int channel = 0; channel < channels; channel++) {
      byte[] scaled =
          Resampling.resize(
              pixels, channel * height * width, height, width, scaledHeight, scaledWidth);
      for (int row = 0; row < wantedHeight; row++) {
        System.arraycopy(
            scaled,
            (top + row) * scaledWidth + left,
            fitted,
            (channel * wantedHeight + row) * wantedWidth,
            wantedWidth);
      }
    }
    return new Image(channels, wantedHeight, wantedWidth, fitted);
  }

  private static byte luma(byte red, byte green, byte blue) {
    return (byte)
        ((19595 * (red & 0xff) + 38470 * (green & 0xff) + 7471 * (blue & 0xff) + 0x8000) >> 16);
  }
}
