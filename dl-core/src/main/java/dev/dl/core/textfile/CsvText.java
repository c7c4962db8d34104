package dev.dl.core.textfile;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** CSV that people may open as a spreadsheet. */
public final class CsvText {
  private CsvText() {}

  /**
   * A line for each record, cells in quotes where they need them. A cell that a spreadsheet would
   * compute begins with an apostrophe, which makes it text
   * (https://owasp.org/www-community/attacks/CSV_Injection).
   */
  public static String of(List<List<String>> records) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      for (List<String> cells : records) {
        csv.writeRecord(cells.stream().map(CsvText::cell).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String cell(String text) {
    boolean number = text.matches("-?[0-9.]+(E-?[0-9]+)?");
    return !number && text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
  }
}
