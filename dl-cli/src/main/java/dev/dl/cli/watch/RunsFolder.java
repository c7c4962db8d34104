package dev.dl.cli.watch;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder of runs, with folders in it or without. Nothing is read outside of it: runs are known by
 * what was found there, never by a path that somebody asks for, and links are not followed.
 */
final class RunsFolder {
  private static final int DEPTH = 6;
  private static final int MOST_RUNS = 2_000;

  /** What the folder itself is called, where it is a run. */
  private static final String ITSELF = ".";

  private final Path root;

  private RunsFolder(Path root) {
    this.root = root;
  }

  /**
   * The folder at a path.
   *
   * @throws IOException if there is none
   */
  static RunsFolder at(Path path) throws IOException {
    Path root = path.toRealPath();
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(path.toString());
    }
    return new RunsFolder(root);
  }

  /**
   * What is there now.
   *
   * @param runs their directories by their paths below the folder, {@code study/convnet-1}
   * @param links that were passed over
   * @param more whether there are more runs than are told
   */
  record Found(SortedMap<String, Path> runs, int links, boolean more) {}

  Found runs() throws IOException {
    Search search = new Search();
    Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEPTH, search);
    return new Found(search.runs, search.links, search.runs.size() >= MOST_RUNS);
  }

  private final class Search extends SimpleFileVisitor<Path> {
    private final SortedMap<String, Path> runs = new TreeMap<>();
    private int links;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (runs.size() >= MOST_RUNS) {
        return FileVisitResult.TERMINATE;
      }
      if (Files.isRegularFile(directory.resolve("spec.yaml"), NOFOLLOW_LINKS)) {
        runs.put(name(directory), directory);
        return FileVisitResult.SKIP_SUBTREE;
      }
      boolean hidden =
          !directory.equals(root) && directory.getFileName().toString().startsWith(".");
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      links += attributes.isSymbolicLink() ? 1 : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return FileVisitResult.CONTINUE;
    }
  }

  private String name(Path directory) {
    String name = root.relativize(directory).toString().replace('\\', '/');
    return name.isEmpty() ? ITSELF : name;
  }

  /** When a file was written and how long it is; empty where there is no such file, or a link. */
  Optional<Version> version(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(
              new Version(
                  String.valueOf(attributes.fileKey()),
                  attributes.lastModifiedTime().toMillis(),
                  attributes.size()))
          : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /**
   * Which content a file has.
   *
   * @param file which file it is: another one after it was replaced
   */
  record Version(String file, long millis, long bytes) {}

  /** A file for reading; a link, a pipe, or what links lead to is refused. */
  SeekableByteChannel open(Path file) throws IOException {
    boolean inside = file.toRealPath().equals(file) && file.startsWith(root);
    if (!inside || !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
  }

  /** The bytes of a file from a place on, at most so many. */
  byte[] read(Path file, long from, int atMost) throws IOException {
    try (SeekableByteChannel channel = open(file)) {
      long rest = Math.max(0, channel.size() - from);
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(rest, atMost));
      channel.position(from);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // until it is full or the file ends
      }
      byte[] bytes = new byte[buffer.position()];
      buffer.flip().get(bytes);
      return bytes;
    }
  }
}
