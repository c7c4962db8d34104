package dev.dl.core.tensorfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Where the entries of a zip archive lie in it. One that is compressed is refused when it is asked
 * for, and with it all bombs: no entry is longer than the file. Names are never used as paths.
 */
final class ZipEntries {
  private final FileBytes file;
  private final Map<String, ZipArchiveEntry> entries = new HashMap<>();

  /** An entry that lies in the file as it is: {@code bytes} of them from {@code start} on. */
  record Place(long start, long bytes) {}

  private ZipEntries(FileBytes file) {
    this.file = file;
  }

  /**
   * Reads the directory of an archive.
   *
   * @throws TensorFileException if it is damaged, names something twice or outside of itself
   */
  static ZipEntries of(FileBytes file) throws IOException {
    ZipEntries entries = new ZipEntries(file);
    for (ZipArchiveEntry entry : directory(file)) {
      String name = entry.getName();
      if (name.startsWith("/") || name.contains("..")) {
        throw file.problem("the entry " + name, "names inside of the archive");
      }
      if (entries.entries.put(name, entry) != null) {
        throw file.problem("the entry " + name + " twice", "each name once");
      }
    }
    return entries;
  }

  /** The names of all entries. */
  Set<String> names() {
    return entries.keySet();
  }

  /** Where an entry lies. */
  Place place(String name) throws TensorFileException {
    ZipArchiveEntry entry = entries.get(name);
    if (entry == null) {
      throw file.problem(name, "no such entry", "a whole archive");
    }
    if (entry.getMethod() != ZipArchiveEntry.STORED
        || entry.getGeneralPurposeBit().usesEncryption()
        || entry.getSize() != entry.getCompressedSize()) {
      throw file.problem(name, "a compressed or encrypted entry", "one as torch.save writes it");
    }
    long start = entry.getDataOffset();
    if (start < 0 || start > file.size() || entry.getSize() > file.size() - start) {
      throw file.problem(name, "an entry beyond the end", "a whole archive");
    }
    return new Place(start, entry.getSize());
  }

  /** The content of an entry that may not be long. */
  ByteBuffer content(String name, int most) throws IOException {
    Place place = place(name);
    if (place.bytes() > most) {
      throw file.problem(name, place.bytes() + " bytes", "at most " + most);
    }
    return file.read(place.start(), (int) place.bytes());
  }

  private static List<ZipArchiveEntry> directory(FileBytes file) throws TensorFileException {
    try (ZipFile zip = ZipFile.builder().setPath(file.path()).get()) {
      return Collections.list(zip.getEntries());
    } catch (IOException | IllegalArgumentException e) {
      // The file is open already: what fails now is what it says. The types do not tell.
      throw file.problem("a damaged zip archive", "a whole one");
    }
  }
}
