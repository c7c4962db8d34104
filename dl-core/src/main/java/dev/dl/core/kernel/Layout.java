package dev.dl.core.kernel;

import dev.dl.core.data.image.ImageShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The order in memory of a batch of images; each backend has its own and nothing outside the
 * kernels depends on it.
 */
public enum Layout {
  /** {@code [batch, channels, height, width]}. */
  CHANNELS_FIRST {
    @Override
    public long[] arrayShape(long batch, ImageShape image) {
      return new long[] {batch, image.channels(), image.height(), image.width()};
    }

    @Override
    public long rows(long batch, ImageShape image) {
      return batch;
    }

    @Override
    float[] fromChannelsFirst(float[] images, long batch, ImageShape image) {
      return images;
    }

    @Override
    float[] toChannelsFirst(float[] images, long batch, ImageShape image) {
      return images;
    }
  },

  /** {@code [batch, height, width, channels]}. */
  CHANNELS_LAST {
    @Override
    public long[] arrayShape(long batch, ImageShape image) {
      return new long[] {batch, image.height(), image.width(), image.channels()};
    }

    @Override
    public long rows(long batch, ImageShape image) {
      return batch * image.height() * image.width();
    }

    @Override
    float[] fromChannelsFirst(float[] images, long batch, ImageShape image) {
      int channels = image.channels();
      int pixels = image.height() * image.width();
      if (channels == 1) {
        return images;
      }
      float[] result = new float[images.length];
      for (int n = 0; n < batch; n++) {
        int start = n * channels * pixels;
        for (int c = 0; c < channels; c++) {
          for (int p = 0, from = start + c * pixels, to = start + c;
              p < pixels;
              p++, from++, to += channels) {
            result[to] = images[from];
          }
        }
      }
      return result;
    }

    /** The same with pixels in the place of channels. */
    @Override
    float[] toChannelsFirst(float[] images, long batch, ImageShape image) {
      ImageShape turned = new ImageShape(image.height() * image.width(), image.channels(), 1);
      return fromChannelsFirst(images, batch, turned);
    }
  };

  /** The shape of the array that holds {@code batch} images. */
  public abstract long[] arrayShape(long batch, ImageShape image);

  /** How many times all channels lie together in {@code batch} images: for each image, or pixel. */
  public abstract long rows(long batch, ImageShape image);

  abstract float[] fromChannelsFirst(float[] images, long batch, ImageShape image);

  abstract float[] toChannelsFirst(float[] images, long batch, ImageShape image);

  /**
   * Copies images into an array of this layout.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param target of shape {@link #arrayShape}, dense
   */
  public void write(float[] images, ImageShape image, INDArray target) {
    DenseArrays.write(fromChannelsFirst(images, target.size(0), image), target);
  }

  /**
   * The images of an array of this layout.
   *
   * @param source of shape {@link #arrayShape}, dense
   * @return {@code [batch, channels, height, width]}
   */
  public float[] read(INDArray source, ImageShape image) {
    return toChannelsFirst(DenseArrays.read(source), source.size(0), image);
  }
}
