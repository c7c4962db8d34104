package dev.dl.training.checkpoint;

import dev.dl.training.checkpoint.CheckpointManifest.Fingerprint;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and hashes the bytes that pass through. Closing it leaves the stream behind it open. */
final class HashingOutput extends OutputStream {
  private final OutputStream output;
  private final MessageDigest digest = Weights.newSha256();
  private long bytes;

  HashingOutput(OutputStream output) {
    this.output = output;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] values, int start, int count) throws IOException {
    digest.update(values, start, count);
    bytes += count;
    output.write(values, start, count);
  }

  /** Of all bytes so far; ends the count. */
  Fingerprint fingerprint() {
    return new Fingerprint(bytes, Weights.hex(digest));
  }
}
