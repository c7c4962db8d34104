package dev.dl.core.data;

import dev.dl.core.archive.Archive;
import dev.dl.core.archive.ArchiveException;
import dev.dl.core.archive.ArchiveLimits;
import dev.dl.core.data.problem.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Fetches files. One is only ever seen under its name whole and with the right SHA-256; until then
 * it grows as {@code NAME.part}, from which a later call goes on.
 */
final class Download {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BUFFER_BYTES = 1 << 16;
  private static final ArchiveLimits LIMITS = new ArchiveLimits(200_000, 4L << 30);

  private final DownloadProgress progress;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(PATIENCE)
          .build();

  Download(DownloadProgress progress) {
    this.progress = progress;
  }

  /**
   * Fetches the files into a folder, but for those that are there already and right, and unpacks
   * archives beside themselves.
   *
   * @return whether there was anything to do
   * @throws DataException if what came has the wrong SHA-256, or is an archive that is refused
   * @throws IOException if nothing came, or not all
   */
  boolean fetch(List<RemoteFile> files, Path folder) throws IOException {
    Files.createDirectories(folder);
    boolean changed = false;
    for (RemoteFile file : files) {
      Path target = folder.resolve(file.name());
      if (!Files.exists(target) || !isRight(target, file)) {
        fetch(file, target);
        changed = true;
      }
      if (file.isArchive() && !Files.isDirectory(folder.resolve(file.content()))) {
        unpack(file, target, folder);
        changed = true;
      }
    }
    return changed;
  }

  private void fetch(RemoteFile file, Path target) throws IOException {
    Path part = target.resolveSibling(file.name() + ".part");
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        throw new IOException(part + " is being written by another process");
      }
      fetch(file, part, channel);
    } finally {
      if (Files.exists(part) && Files.size(part) == 0) {
        Files.delete(part);
      }
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void fetch(RemoteFile file, Path part, FileChannel channel) throws IOException {
    if (!file.verified()) {
      channel.truncate(0);
    } else if (channel.size() > 0 && isRight(part, file)) {
      return;
    }
    List<String> wrong = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (URI address : file.addresses()) {
      try {
        if (comesRight(address, file, part, channel)) {
          return;
        }
        wrong.add(address + ": found other content, expected SHA-256 " + file.sha256());
      } catch (InterruptedIOException e) {
        throw e;
      } catch (ConnectException | HttpTimeoutException e) {
        failures.add(address + ": cannot be reached");
      } catch (IOException e) {
        failures.add(address + ": " + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      throw new DataException(wrong);
    }
    String kept =
        channel.size() == 0 || !file.verified()
            ? ""
            : "; what came is kept, and the next attempt goes on from there";
    throw new IOException(
        file.name() + " cannot be fetched: " + String.join("; ", failures) + kept);
  }

  /** Goes on from what has come; if that was of another version, from the beginning. */
  private boolean comesRight(URI address, RemoteFile file, Path part, FileChannel channel)
      throws IOException {
    HttpFile remote = new HttpFile(client, address, PATIENCE);
    boolean resumed = channel.size() > 0;
    receive(remote, file, channel);
    if (!isRight(part, file) && resumed) {
      channel.truncate(0);
      receive(remote, file, channel);
    }
    boolean right = isRight(part, file);
    if (!right) {
      channel.truncate(0);
    }
    return right;
  }

  private void receive(HttpFile remote, RemoteFile file, FileChannel channel) throws IOException {
    long most = 2 * file.bytes() + BUFFER_BYTES;
    try {
      remote.appendTo(
          channel, most, (bytes, total) -> progress.received(file.name(), bytes, total));
    } finally {
      channel.force(true);
    }
  }

  private static void unpack(RemoteFile file, Path archive, Path folder) throws IOException {
    Path temporary = Files.createTempDirectory(folder, ".unpacking");
    try {
      Archive.unpack(archive, temporary, LIMITS);
      Path content = temporary.resolve(file.content());
      if (!Files.isDirectory(content)) {
        throw new DataException(archive, "no folder " + file.content(), "that one");
      }
      Files.move(content, folder.resolve(file.content()), StandardCopyOption.ATOMIC_MOVE);
    } catch (ArchiveException e) {
      throw new DataException(List.of(e.getMessage()));
    } finally {
      delete(temporary);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static boolean isRight(Path path, RemoteFile file) throws IOException {
    if (!file.verified()) {
      return true;
    }
    boolean compressed = file.name().endsWith(".gz") && !file.isArchive();
    MessageDigest digest = Fingerprint.sha256();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES);
        InputStream content = compressed ? new GZIPInputStream(in, BUFFER_BYTES) : in;
        InputStream digested = new DigestInputStream(content, digest)) {
      digested.transferTo(OutputStream.nullOutputStream());
    } catch (ZipException | EOFException e) {
      return false;
    }
    return HexFormat.of().formatHex(digest.digest()).equals(file.sha256());
  }
}
