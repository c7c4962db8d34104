package dev.dl.training.preview;

import dev.dl.core.data.Batch;
import dev.dl.core.data.RowPreprocessing;
import dev.dl.core.textfile.CsvText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rows of a batch as numbers, under the names of their features. */
final class RowPage {
  private RowPage() {}

  /** A CSV file; its last column is what each row is said to be. */
  static byte[] csv(Batch batch, RowPreprocessing preprocessing) {
    List<String> header = new ArrayList<>(preprocessing.features().featureNames());
    header.add("target");
    List<List<String>> lines = new ArrayList<>();
    lines.add(header);
    int length = batch.inputs().length / batch.size();
    for (int sample = 0; sample < batch.size(); sample++) {
      List<String> cells = new ArrayList<>();
      for (int i = sample * length; i < (sample + 1) * length; i++) {
        cells.add(String.valueOf(batch.inputs()[i]));
      }
      cells.add(Captions.of(batch, sample, preprocessing.target()));
      lines.add(cells);
    }
    return CsvText.of(lines).getBytes(StandardCharsets.UTF_8);
  }
}
