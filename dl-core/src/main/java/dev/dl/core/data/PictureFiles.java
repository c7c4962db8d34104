package dev.dl.core.data;

import dev.dl.core.data.image.ImageReader;
import dev.dl.core.data.rows.Row;
import dev.dl.core.data.rows.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Picture files.
 *
 * @param place the list or folder that says what they show
 * @param columns of the place, the target's among them
 * @param rows one for each file
 */
record PictureFiles(Path place, List<Path> files, List<String> columns, List<Row> rows)
    implements Pictures {
  PictureFiles {
    files = List.copyOf(files);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public String name(int picture) {
    return files.get(picture).toString();
  }

  @Override
  public byte[] content(int picture) throws IOException {
    return ImageReader.content(files.get(picture));
  }

  @Override
  public Rows targets() {
    return new ListedRows(place, columns, rows.size(), rows::get);
  }

  @Override
  public boolean streamed() {
    return false;
  }
}
