package dev.dl.core.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks an archive into a new folder. Only plain files and folders that lie inside are written:
 * an absolute name, {@code ..}, a link, a device, a name that occurs twice, and more than the
 * limits allow end it with an {@link ArchiveException}, and what was written so far is to be thrown
 * away.
 */
public final class Archive {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path archive;
  private final Path folder;
  private final ArchiveLimits limits;
  private int entries;
  private long bytes;

  private Archive(Path archive, Path folder, ArchiveLimits limits) {
    this.archive = archive;
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Unpacks a file that ends in {@code .tar.gz} or {@code .zip}.
   *
   * @param folder an empty one
   * @throws ArchiveException if the archive is damaged or refused
   */
  public static void unpack(Path archive, Path folder, ArchiveLimits limits) throws IOException {
    Archive unpacking = new Archive(archive, folder, limits);
    String name = archive.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      if (name.endsWith(".tar.gz")) {
        unpacking.unpackTar();
      } else if (name.endsWith(".zip")) {
        unpacking.unpackZip();
      } else {
        throw new ArchiveException(archive, "another ending", ".tar.gz or .zip");
      }
    } catch (EOFException | ZipException e) {
      throw new ArchiveException(archive, "damaged or cut data", "a whole archive");
    }
  }

  private void unpackTar() throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), BUFFER_BYTES);
        InputStream content = new GZIPInputStream(in, BUFFER_BYTES);
        TarArchiveInputStream tar = new TarArchiveInputStream(content)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, isPlain(entry), tar);
      }
    }
  }

  private void unpackZip() throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        try (InputStream content = zip.getInputStream(entry)) {
          unpack(entry, !entry.isUnixSymlink(), content);
        }
      }
    }
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    byte kind = entry.getLinkFlag();
    return kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM;
  }

  private void unpack(ArchiveEntry entry, boolean plain, InputStream content) throws IOException {
    String name = entry.getName();
    if (++entries > limits.entries()) {
      throw new ArchiveException(archive, "more entries", "at most " + limits.entries());
    }
    Path target = target(name);
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (plain) {
      Files.createDirectories(target.getParent());
      write(content, target, name);
    } else {
      throw new ArchiveException(
          archive, "the entry " + name + ", a link or device", "files and folders");
    }
  }

  private Path target(String name) throws ArchiveException {
    try {
      Path inside = Path.of(name);
      if (!name.startsWith("/") && !inside.isAbsolute() && staysBelow(inside)) {
        return folder.resolve(inside);
      }
    } catch (InvalidPathException e) {
      // refused below, as any other name that is none of a file
    }
    throw new ArchiveException(archive, "the entry " + name, "names inside the archive");
  }

  private static boolean staysBelow(Path inside) {
    for (Path part : inside) {
      if (part.toString().equals("..")) {
        return false;
      }
    }
    return true;
  }

  private void write(InputStream content, Path target, String name) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes += read;
        if (bytes > limits.bytes()) {
          throw new ArchiveException(
              archive, "more than " + limits.bytes() + " bytes", "at most that many, unpacked");
        }
        out.write(buffer, 0, read);
      }
    } catch (FileAlreadyExistsException e) {
      throw new ArchiveException(archive, "the entry " + name + " again", "each name once");
    }
  }
}
