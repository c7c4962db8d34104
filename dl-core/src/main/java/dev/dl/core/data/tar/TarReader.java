package dev.dl.core.data.tar;

import dev.dl.core.data.tar.TarMember.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the members of an uncompressed tar archive in their order, and passes over their contents:
 * v7, ustar, pax and GNU with long names. Nothing that a header claims is believed before the
 * archive is found to be as long.
 */
public final class TarReader implements Closeable {
  private static final int LONGEST_NAME = 1 << 16;
  private static final int LONGEST_RECORDS = 1 << 20;

  private final Path path;
  private final RandomAccessFile file;
  private final long length;
  private long position;

  private TarReader(Path path, RandomAccessFile file) throws IOException {
    this.path = path;
    this.file = file;
    this.length = file.length();
  }

  /**
   * Opens an archive.
   *
   * @throws TarFileException if it is no file but a folder, a pipe or a device
   */
  public static TarReader open(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new TarFileException(path, 0, "something other than a file", "a tar archive");
    }
    return new TarReader(path, new RandomAccessFile(path.toFile(), "r"));
  }

  /**
   * The next member, or none after the archive's end.
   *
   * @throws TarFileException if a header is damaged or the archive is cut off
   */
  public Optional<TarMember> next() throws IOException {
    String longName = null;
    Map<String, String> records = Map.of();
    while (true) {
      long start = position;
      TarHeader header = header();
      if (header.isEnd()) {
        return Optional.empty();
      }
      if (!header.isWhole()) {
        throw new TarFileException(path, start, "no header of a member", "one with its checksum");
      }
      switch (header.type()) {
        case 'L' -> {
          byte[] content = special(header, start, LONGEST_NAME);
          longName = TarHeader.text(content, 0, content.length);
        }
        case 'x' -> records = records(special(header, start, LONGEST_RECORDS), start);
        case 'K', 'g' -> pass(start, header.size());
        default -> {
          return Optional.of(member(header, start, longName, records));
        }
      }
    }
  }

  /**
   * The content of a member.
   *
   * @param most bytes that it may have
   */
  public byte[] content(TarMember member, int most) throws IOException {
    if (member.size() > most) {
      throw new TarFileException(
          path,
          member.offset(),
          member.name() + " of " + member.size() + " bytes",
          "at most " + most);
    }
    byte[] content = new byte[(int) member.size()];
    file.seek(member.offset());
    file.readFully(content);
    return content;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private TarHeader header() throws IOException {
    if (length - position < TarHeader.LENGTH) {
      throw new TarFileException(
          path, position, "the end of the file", "the mark of the archive's end: it is cut off");
    }
    byte[] bytes = new byte[TarHeader.LENGTH];
    file.seek(position);
    file.readFully(bytes);
    position += TarHeader.LENGTH;
    return new TarHeader(bytes);
  }

  private TarMember member(
      TarHeader header, long start, String longName, Map<String, String> records)
      throws IOException {
    String name = records.getOrDefault("path", longName == null ? header.name() : longName);
    boolean sparse = records.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"));
    Kind kind = sparse ? Kind.OTHER : kind(header.type(), name);
    boolean empty = kind == Kind.LINK || kind == Kind.DEVICE || kind == Kind.FOLDER;
    long size = empty ? 0 : size(header, start, records);
    long offset = position;
    pass(start, size);
    return new TarMember(name, kind, offset, size);
  }

  private long size(TarHeader header, long start, Map<String, String> records)
      throws TarFileException {
    try {
      return records.containsKey("size") ? Long.parseLong(records.get("size")) : header.size();
    } catch (NumberFormatException e) {
      throw new TarFileException(path, start, "a size of " + records.get("size"), "a number");
    }
  }

  private static Kind kind(char type, String name) {
    return switch (type) {
      case '0', '\0', '7' -> name.endsWith("/") ? Kind.FOLDER : Kind.FILE;
      case '1', '2' -> Kind.LINK;
      case '3', '4', '6' -> Kind.DEVICE;
      case '5' -> Kind.FOLDER;
      default -> Kind.OTHER;
    };
  }

  /** The content of a header that only says something of the next one. */
  private byte[] special(TarHeader header, long start, int most) throws IOException {
    if (header.size() > most) {
      throw new TarFileException(
          path, start, "a name or record of " + header.size() + " bytes", "at most " + most);
    }
    long offset = position;
    pass(start, header.size());
    byte[] content = new byte[(int) header.size()];
    file.seek(offset);
    file.readFully(content);
    return content;
  }

  private Map<String, String> records(byte[] content, long start) throws TarFileException {
    try {
      return PaxRecords.parse(content);
    } catch (IllegalArgumentException e) {
      throw new TarFileException(
          path, start, "a pax header with " + e.getMessage(), "lines of LENGTH KEY=VALUE");
    }
  }

  /** Goes on behind a content, which fills blocks. */
  private void pass(long start, long size) throws TarFileException {
    if (size < 0 || size > length - position) {
      throw new TarFileException(
          path,
          start,
          "a member of " + (size < 0 ? "no size" : size + " bytes") + " in a file of " + length,
          "a whole archive");
    }
    long blocks = (size + TarHeader.LENGTH - 1) / TarHeader.LENGTH;
    position += blocks * TarHeader.LENGTH;
  }
}
