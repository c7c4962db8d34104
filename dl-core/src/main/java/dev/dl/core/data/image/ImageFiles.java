package dev.dl.core.data.image;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The picture files in a folder and the folders below, by their endings. Links are followed, hidden
 * files are not looked at.
 *
 * @param files sorted by their names as Unicode, the same in every locale
 * @param skipped what else was there, each with the reason, one line each
 */
public record ImageFiles(List<Path> files, List<String> skipped) {
  private static final Set<String> ENDINGS =
      Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff");
  private static final Comparator<Path> BY_NAME = Comparator.comparing(Path::toString);

  public ImageFiles {
    files = files.stream().sorted(BY_NAME).toList();
    skipped = skipped.stream().sorted().toList();
  }

  /** Whether a name ends as those of pictures do. */
  public static boolean isPicture(String name) {
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  /** The endings of pictures, for messages. */
  public static String endings() {
    return ".png, .jpg, .jpeg, .gif, .bmp, .webp, .tif or .tiff";
  }

  /** Looks for pictures below a folder. */
  public static ImageFiles below(Path folder) throws IOException {
    Search search = new Search(folder);
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, search);
    return new ImageFiles(search.files, search.skipped);
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private static final String LOOP = ": a link back to a folder above it";

    private final Path root;
    private final List<Path> files = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    Search(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (folder.equals(root)) {
        return FileVisitResult.CONTINUE;
      }
      if (root.toRealPath().startsWith(folder.toRealPath())) {
        skipped.add(folder + LOOP);
        return FileVisitResult.SKIP_SUBTREE;
      }
      return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isHidden(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        skipped.add(file + ": a link to nothing");
      } else if (!attributes.isRegularFile()) {
        skipped.add(file + ": not a file but a pipe, socket or device");
      } else if (!isPicture(file.getFileName().toString())) {
        skipped.add(file + ": does not end in " + endings());
      } else {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof FileSystemLoopException) {
        skipped.add(file + LOOP);
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    private boolean isHidden(Path file) {
      return file.getFileName().toString().startsWith(".");
    }
  }
}
