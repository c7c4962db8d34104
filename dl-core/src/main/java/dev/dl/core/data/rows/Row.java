package dev.dl.core.data.rows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One row of a file.
 *
 * @param line where it begins, counted from 1; of Parquet, the number of the row
 * @param cells as written, one for each column; {@code null} where there is none
 */
public record Row(long line, List<String> cells) {
  public Row {
    cells = Collections.unmodifiableList(new ArrayList<>(cells));
  }
}
