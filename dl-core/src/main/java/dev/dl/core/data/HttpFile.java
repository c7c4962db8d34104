package dev.dl.core.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;

/**
 * A file on a web server.
 *
 * @param patience how long it may take to answer
 */
record HttpFile(HttpClient client, URI address, Duration patience) {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int WHOLE = 200;
  private static final int REST = 206;
  private static final int BEYOND = 416;

  /**
   * Appends to a local file what it lacks of this one. A server that does not give the rest of a
   * file gives all of it, which then takes the place of what was there.
   *
   * @param most bytes that the file may have
   * @throws IOException if the connection breaks; what came is in the local file
   */
  void appendTo(FileChannel local, long most, Listener listener) throws IOException {
    HttpResponse<InputStream> response = ask(local.size());
    if (response.statusCode() == BEYOND && local.size() > 0) {
      response.body().close();
      local.truncate(0);
      response = ask(0);
    }
    try (InputStream in = response.body()) {
      long start = start(response, local.size());
      local.truncate(start).position(start);
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      copy(in, local, length < 0 ? -1 : start + length, most, listener);
    }
  }

  private static long start(HttpResponse<?> response, long asked) throws IOException {
    if (response.statusCode() == WHOLE) {
      return 0;
    }
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (response.statusCode() == REST && range.startsWith("bytes " + asked + "-")) {
      return asked;
    }
    throw new IOException("status " + response.statusCode() + (range.isEmpty() ? "" : " " + range));
  }

  private static void copy(
      InputStream in, FileChannel local, long total, long most, Listener listener)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (local.position() + read > most) {
        local.truncate(0);
        throw new IOException("more than " + most + " bytes, which is far too many");
      }
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        local.write(bytes);
      }
      listener.received(local.position(), total);
    }
  }

  private HttpResponse<InputStream> ask(long start) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
    if (start > 0) {
      request.header("Range", "bytes=" + start + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + address);
    }
  }

  /** Hears how much there is of the local file, and how much there will be, or -1. */
  interface Listener {
    void received(long bytes, long total);
  }
}
