package dev.dl.training.evaluation;

import dev.dl.core.metric.Prediction;
import dev.dl.core.run.DamagedFileException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a classifier said of each sample of a split, as CSV, a line a sample: {@code
 * predictions/test.csv}. Written and read in constant memory. Classes are told by their index;
 * where logits were not finite, the prediction is -1 and the probabilities NaN.
 */
public final class PredictionFile {
  private static final String HEADER = "sample,label,predicted,probability,labelProbability";

  private PredictionFile() {}

  /**
   * Writes whatever is told.
   *
   * @param telling is given what takes the predictions, and has told all of them when it returns
   */
  public static void write(OutputStream output, Consumer<Consumer<Prediction>> telling)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
    try {
      line(writer, HEADER);
      telling.accept(prediction -> line(writer, fields(prediction)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.flush();
  }

  /**
   * Tells each prediction of a file, in the order of the split.
   *
   * @throws DamagedFileException if it is no such file
   */
  public static void read(Path file, Consumer<Prediction> each) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      if (!HEADER.equals(reader.readLine())) {
        throw new DamagedFileException(file, "another first line", HEADER);
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        each.accept(prediction(file, line));
      }
    }
  }

  private static String fields(Prediction prediction) {
    return String.join(
        ",",
        String.valueOf(prediction.sample()),
        String.valueOf(prediction.label()),
        String.valueOf(prediction.predicted()),
        String.valueOf((float) prediction.probability()),
        String.valueOf((float) prediction.labelProbability()));
  }

  private static Prediction prediction(Path file, String line) throws IOException {
    String[] fields = line.split(",", -1);
    try {
      if (fields.length == 5) {
        return new Prediction(
            Integer.parseInt(fields[0]),
            Integer.parseInt(fields[1]),
            Integer.parseInt(fields[2]),
            Double.parseDouble(fields[3]),
            Double.parseDouble(fields[4]));
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new DamagedFileException(file, "the line '" + line + "'", HEADER);
  }

  private static void line(Writer writer, String text) {
    try {
      writer.write(text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
