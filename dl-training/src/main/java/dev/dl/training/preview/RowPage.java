package dev.dl.training.preview;

import dev.dl.core.data.Batch;
import dev.dl.core.data.RowPreprocessing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of a batch as numbers, under the names of their features. */
final class RowPage {
  private RowPage() {}

  /** A CSV file; its last column is what each row is said to be. */
  static byte[] csv(Batch batch, RowPreprocessing preprocessing) {
    List<String> header = new ArrayList<>(preprocessing.features().featureNames());
    header.add("target");
    StringBuilder page = new StringBuilder(line(header));
    int length = batch.inputs().length / batch.size();
    for (int sample = 0; sample < batch.size(); sample++) {
      List<String> cells = new ArrayList<>();
      for (int i = sample * length; i < (sample + 1) * length; i++) {
        cells.add(String.valueOf(batch.inputs()[i]));
      }
      cells.add(Captions.of(batch, sample, preprocessing.target()));
      page.append(line(cells));
    }
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String line(List<String> cells) {
    return cells.stream().map(RowPage::cell).collect(Collectors.joining(",", "", "\n"));
  }

  /** A cell in quotes where it needs them; what a spreadsheet would compute stays text. */
  private static String cell(String text) {
    boolean number = text.matches("-?[0-9.]+(E-?[0-9]+)?");
    String safe = !number && text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
