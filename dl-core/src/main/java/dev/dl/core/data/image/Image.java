package dev.dl.core.data.image;

import java.util.Arrays;

/**
 * A picture in memory.
 *
 * @param channels 1 (grey), 2 (grey, alpha), 3 (red, green, blue) or 4 (red, green, blue, alpha)
 * @param pixels {@code [channels, height, width]}, unsigned; colours are not multiplied by alpha
 */
public record Image(int channels, int height, int width, byte[] pixels) {
  private static final byte OPAQUE = (byte) 255;

  public Image {
    if (channels < 1 || channels > 4 || pixels.length != channels * height * width) {
      throw new IllegalArgumentException(
          channels + "x" + height + "x" + width + " with " + pixels.length + " pixels");
    }
  }

  /** Whether the last channel is alpha. */
  public boolean hasAlpha() {
    return channels % 2 == 0;
  }

  /** The picture without its alpha, if it has one: the colours as they are stored. */
  public Image withoutAlpha() {
    return withChannels(colours(channels));
  }

  /**
   * The picture with this number of channels, 1 to 4. Grey is the luma of ITU-R BT.601, rounded as
   * Pillow does; from grey, the three colours are equal; alpha is dropped, kept or opaque.
   */
  public Image withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int plane = height * width;
    byte[] converted = new byte[wanted * plane];
    copyColours(converted, wanted);
    if (wanted % 2 == 0) {
      int alpha = (wanted - 1) * plane;
      if (hasAlpha()) {
        System.arraycopy(pixels, (channels - 1) * plane, converted, alpha, plane);
      } else {
        Arrays.fill(converted, alpha, converted.length, OPAQUE);
      }
    }
    return new Image(wanted, height, width, converted);
  }

  private void copyColours(byte[] converted, int wanted) {
    int plane = height * width;
    if (colours(wanted) == colours(channels)) {
      System.arraycopy(pixels, 0, converted, 0, colours(wanted) * plane);
    } else if (colours(wanted) == 1) {
      for (int i = 0; i < plane; i++) {
        converted[i] = luma(pixels[i], pixels[plane + i], pixels[2 * plane + i]);
      }
    } else {
      for (int colour = 0; colour < 3; colour++) {
        System.arraycopy(pixels, 0, converted, colour * plane, plane);
      }
    }
  }

  /** Whether every pixel is the same. */
  public boolean isOfOneColour() {
    int plane = height * width;
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != pixels[i / plane * plane]) {
        return false;
      }
    }
    return true;
  }

  /** The picture with one colour channel if its three are equal in every pixel; else itself. */
  Image greyIfAllIsGrey() {
    int plane = height * width;
    return channels >= 3
            && Arrays.equals(pixels, 0, plane, pixels, plane, 2 * plane)
            && Arrays.equals(pixels, 0, plane, pixels, 2 * plane, 3 * plane)
        ? withChannels(channels - 2)
        : this;
  }

  /** How many of these channels are not alpha. */
  private static int colours(int channels) {
    return channels <= 2 ? 1 : 3;
  }

  private static byte luma(byte red, byte green, byte blue) {
    return (byte)
        ((19595 * (red & 0xff) + 38470 * (green & 0xff) + 7471 * (blue & 0xff) + 0x8000) >> 16);
  }

  /** The picture at this size, its proportions changed if need be. */
  public Image resize(int wantedHeight, int wantedWidth, Filter filter) {
    return wantedHeight == height && wantedWidth == width
        ? this
        : Resampling.resize(this, wantedHeight, wantedWidth, filter);
  }

  /** The picture with its shorter side of this length, as by torchvision's {@code Resize}. */
  public Image resizeShorterSide(int length, Filter filter) {
    return height <= width
        ? resize(length, (int) ((long) length * width / height), filter)
        : resize((int) ((long) length * height / width), length, filter);
  }

  /**
   * The middle of the picture at this size, with zeros around it where the picture is smaller. As
   * torchvision's {@code CenterCrop} does.
   */
  public Image centerCrop(int wantedHeight, int wantedWidth) {
    if (wantedHeight == height && wantedWidth == width) {
      return this;
    }
    int top = middle(height, wantedHeight);
    int left = middle(width, wantedWidth);
    int firstRow = Math.max(0, -top);
    int firstColumn = Math.max(0, -left);
    int rows = Math.min(height, wantedHeight);
    int columns = Math.min(width, wantedWidth);
    byte[] cropped = new byte[channels * wantedHeight * wantedWidth];
    for (int channel = 0; channel < channels; channel++) {
      for (int row = firstRow; row < firstRow + rows; row++) {
        System.arraycopy(
            pixels,
            (channel * height + top + row) * width + left + firstColumn,
            cropped,
            (channel * wantedHeight + row) * wantedWidth + firstColumn,
            columns);
      }
    }
    return new Image(channels, wantedHeight, wantedWidth, cropped);
  }

  /** Where in a side the middle part begins, rounded as torchvision does; before it if negative. */
  private static int middle(int size, int wanted) {
    return wanted > size ? -((wanted - size) / 2) : (int) Math.rint((size - wanted) / 2.0);
  }

  /**
   * The picture at this size: scaled until it covers it, with its proportions kept, and then
   * cropped around the centre. As torchvision's {@code Resize} and {@code CenterCrop} do.
   */
  public Image fit(int wantedHeight, int wantedWidth, Filter filter) {
    int scaledHeight = covering(height, width, wantedHeight, wantedWidth);
    int scaledWidth = covering(width, height, wantedWidth, wantedHeight);
    return resize(scaledHeight, scaledWidth, filter).centerCrop(wantedHeight, wantedWidth);
  }

  /** One side of a picture of this size and other side, scaled until it covers what is wanted. */
  private static int covering(int size, int other, int wanted, int wantedOther) {
    return (long) size * wantedOther <= (long) other * wanted
        ? wanted
        : (int) ((long) wantedOther * size / other);
  }

  /**
   * What a picture of this size was before it was fitted to the size of this one: scaled back
   * without new values, with zeros where it was cropped.
   */
  public Image unfit(int fullHeight, int fullWidth) {
    int scaledHeight = covering(fullHeight, fullWidth, height, width);
    int scaledWidth = covering(fullWidth, fullHeight, width, height);
    int top = middle(scaledHeight, height);
    int left = middle(scaledWidth, width);
    byte[] padded = new byte[channels * scaledHeight * scaledWidth];
    for (int i = 0; i < channels * height; i++) {
      int row = i / height * scaledHeight + top + i % height;
      System.arraycopy(pixels, i * width, padded, row * scaledWidth + left, width);
    }
    return new Image(channels, scaledHeight, scaledWidth, padded)
        .resize(fullHeight, fullWidth, Filter.NEAREST);
  }
}
