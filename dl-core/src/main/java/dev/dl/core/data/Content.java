package dev.dl.core.data;

import dev.dl.core.data.image.Image;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Samples of one kind as bytes, and back to the equal sample.
 *
 * @param <T> what a sample is
 */
interface Content<T> {
  Content<Image> IMAGE =
      new Content<>() {
        @Override
        public byte[] bytes(Image image) {
          return ByteBuffer.allocate(3 * Integer.BYTES + image.pixels().length)
              .putInt(image.channels())
              .putInt(image.height())
              .putInt(image.width())
              .put(image.pixels())
              .array();
        }

        @Override
        public Image sample(byte[] bytes) {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          return new Image(
              buffer.getInt(),
              buffer.getInt(),
              buffer.getInt(),
              Arrays.copyOfRange(bytes, 3 * Integer.BYTES, bytes.length));
        }
      };

  Content<int[]> TOKENS =
      new Content<>() {
        @Override
        public byte[] bytes(int[] tokens) {
          ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * tokens.length);
          buffer.asIntBuffer().put(tokens);
          return buffer.array();
        }

        @Override
        public int[] sample(byte[] bytes) {
          int[] tokens = new int[bytes.length / Integer.BYTES];
          ByteBuffer.wrap(bytes).asIntBuffer().get(tokens);
          return tokens;
        }
      };

  Content<float[]> FEATURES =
      new Content<>() {
        @Override
        public byte[] bytes(float[] features) {
          ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * features.length);
          buffer.asFloatBuffer().put(features);
          return buffer.array();
        }

        @Override
        public float[] sample(byte[] bytes) {
          float[] features = new float[bytes.length / Float.BYTES];
          ByteBuffer.wrap(bytes).asFloatBuffer().get(features);
          return features;
        }
      };

  byte[] bytes(T sample);

  T sample(byte[] bytes);

  default byte[] digest(T sample) {
    return Fingerprint.sha256().digest(bytes(sample));
  }
}
