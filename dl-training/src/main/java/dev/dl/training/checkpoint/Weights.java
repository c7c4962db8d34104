package dev.dl.training.checkpoint;

import dev.dl.core.tensorfile.SafeTensors;
import dev.dl.core.tensorfile.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Hashes of weights: two runs are the same when theirs are. */
public final class Weights {
  private Weights() {}

  /** SHA-256 over the values, float32 little endian, in the order of the names' UTF-8 bytes. */
  public static String sha256(Map<String, Tensor> weights) {
    try (DigestOutputStream digest =
        new DigestOutputStream(OutputStream.nullOutputStream(), newSha256())) {
      for (Tensor tensor : SafeTensors.sorted(weights).values()) {
        SafeTensors.writeValues(digest, tensor.values());
      }
      return hex(digest.getMessageDigest());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // written nowhere: cannot happen
    }
  }

  /** SHA-256 over the bytes of a file. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = newSha256();
    try (InputStream in = Files.newInputStream(file);
        DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return hex(digest);
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
