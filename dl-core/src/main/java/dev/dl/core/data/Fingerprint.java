package dev.dl.core.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Names data by its content: equal only if classes, splits, targets and samples are. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * SHA-256 in hexadecimal over the class names and, split by split, every target and sample.
   *
   * @param <S> what the samples are is the same in all splits
   */
  static <S> String of(Map<Split, Dataset<S>> splits, List<String> classNames) {
    MessageDigest digest = sha256();
    classNames.forEach(name -> update(digest, name));
    splits.forEach((split, dataset) -> update(digest, split, dataset));
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void update(MessageDigest digest, Split split, Dataset<?> dataset) {
    update(digest, split.label() + " " + dataset.size());
    for (int i = 0; i < dataset.size(); i++) {
      digest.update(Content.FEATURES.bytes(dataset.target(i)));
      digest.update(dataset.digest(i));
    }
  }

  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
