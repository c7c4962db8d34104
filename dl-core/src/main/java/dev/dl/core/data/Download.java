package dev.dl.core.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Fetches files; one is only ever seen under its name whole and with the right SHA-256. */
final class Download {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BUFFER = 1 << 16;

  private final DownloadProgress progress;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(PATIENCE)
          .build();

  Download(DownloadProgress progress) {
    this.progress = progress;
  }

  /** Fetches the files into a folder, but for those that are there already and right. */
  void fetch(List<RemoteFile> files, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (RemoteFile file : files) {
      Path target = folder.resolve(file.name());
      if (!Files.exists(target) || !isRight(target, file)) {
        fetch(file, target);
      }
    }
  }

  private void fetch(RemoteFile file, Path target) throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Path part = target.resolveSibling(file.name() + "." + ProcessHandle.current().pid() + ".part");
    for (URI address : file.addresses()) {
      try {
        receive(address, file.name(), part);
        if (isRight(part, file)) {
          Files.move(
              part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          return;
        }
        wrong.add(address + ": found other content, expected SHA-256 " + file.sha256());
      } catch (InterruptedIOException e) {
        throw e;
      } catch (ConnectException | HttpTimeoutException e) {
        failures.add(address + ": cannot be reached");
      } catch (IOException e) {
        failures.add(address + ": " + e.getMessage());
      } finally {
        Files.deleteIfExists(part);
      }
    }
    if (!wrong.isEmpty()) {
      throw new DataException(wrong);
    }
    throw new IOException(file.name() + " cannot be fetched: " + String.join("; ", failures));
  }

  private void receive(URI address, String name, Path part) throws IOException {
    HttpResponse<InputStream> response = ask(address);
    try (InputStream in = response.body();
        OutputStream out = Files.newOutputStream(part)) {
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      long total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      long bytes = 0;
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        bytes += read;
        progress.received(name, bytes, total);
      }
    }
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private HttpResponse<InputStream> ask(URI address) throws IOException {
    try {
      return client.send(
          HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
          HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + address);
    }
  }

  /** Whether the decompressed content is the one expected. */
  private static boolean isRight(Path path, RemoteFile file) throws IOException {
    MessageDigest digest = Fingerprint.sha256();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        InputStream content = file.name().endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in;
        InputStream digested = new DigestInputStream(content, digest)) {
      digested.transferTo(OutputStream.nullOutputStream());
    } catch (ZipException | EOFException e) {
      return false;
    }
    return HexFormat.of().formatHex(digest.digest()).equals(file.sha256());
  }
}
