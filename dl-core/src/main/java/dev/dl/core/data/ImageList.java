package dev.dl.core.data;

import dev.dl.core.data.cell.Cell;
import dev.dl.core.data.cell.Columns;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.RowFiles;
import dev.dl.core.data.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads lists of pictures: files of rows with a path and what the picture shows. */
final class ImageList {
  private final Path list;
  private final List<String> problems = new ArrayList<>();

  private ImageList(Path list) {
    this.list = list;
  }

  /**
   * The pictures of a list; relative paths start from its folder.
   *
   * @param notices where files that are missing are told, if they are to be left out
   * @throws DataException naming all that are missing, if they are not
   */
  static PictureFiles read(Path list, DataSpec spec, List<String> notices) throws IOException {
    ImageList reading = new ImageList(list);
    List<Path> files = new ArrayList<>();
    List<Row> targets = new ArrayList<>();
    List<String> names = spec.target().target().columns();
    List<String> columns;
    try (Rows rows = RowFiles.open(list)) {
      columns = rows.columns();
      Columns.of(list, columns, names);
      Columns paths = Columns.of(list, columns, List.of(spec.image().column()));
      while (rows.hasNext()) {
        Row row = rows.next();
        Optional<Path> file = reading.file(paths.cell(row, 0));
        if (file.isPresent()) {
          files.add(file.get());
          targets.add(target(row, columns, names));
        }
      }
    }
    spec.onBadSample().tell(reading.problems, notices);
    if (files.isEmpty()) {
      throw new DataException(list, "no pictures", "at least one");
    }
    return new PictureFiles(list, files, columns, targets);
  }

  /** A row with the cells of the target in their places, so that messages can say where. */
  private static Row target(Row row, List<String> columns, List<String> wanted) {
    return new Row(
        row.line(),
        IntStream.range(0, columns.size())
            .mapToObj(i -> wanted.contains(columns.get(i)) ? row.cells().get(i) : null)
            .toList());
  }

  private Optional<Path> file(Cell cell) {
    try {
      Path file = list.resolveSibling(cell.text()).normalize();
      if (cell.text().isEmpty()) {
        refuse(cell, "nothing");
      } else if (!Files.exists(file)) {
        refuse(cell, "no such file: " + file);
      } else if (!Files.isRegularFile(file)) {
        refuse(cell, "a folder, pipe or device: " + file);
      } else {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) {
      refuse(cell, "no path that a file can have");
    }
    return Optional.empty();
  }

  private void refuse(Cell cell, String found) {
    problems.add(
        "%s:%d:%d: found %s, expected a picture"
            .formatted(list, cell.line(), cell.column(), found));
  }
}
