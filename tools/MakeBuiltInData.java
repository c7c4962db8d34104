import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the small built-in datasets: digits as IDX files, iris and breast-cancer as CSV with names
 * of columns and classes, and the text of Pride and Prejudice as it is.
 *
 * <pre>java tools/MakeBuiltInData.java SCIKIT_LEARN_DATA BOOK.txt.gz TARGET_FOLDER</pre>
 *
 * The first is the folder {@code sklearn/datasets/data} of scikit-learn (Debian's python3-sklearn
 * has it in /usr/lib/python3/dist-packages); the second is the 13,030 lines of {@code
 * prideprejudice} in the R package janeaustenr, which has them from Project Gutenberg.
 */
public final class MakeBuiltInData {
  private static final int SIDE = 8;
  private static final int LEVELS = 16;

  private static final List<String> IRIS =
      List.of("sepal_length", "sepal_width", "petal_length", "petal_width");

  private static final List<String> MEASURES =
      List.of(
          "radius",
          "texture",
          "perimeter",
          "area",
          "smoothness",
          "compactness",
          "concavity",
          "concave_points",
          "symmetry",
          "fractal_dimension");

  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    Path target = Path.of(arguments[2]);
    makeDigits(source.resolve("digits.csv.gz"), Files.createDirectories(target.resolve("digits")));
    makeTable(source.resolve("iris.csv"), IRIS, target.resolve("iris/iris.csv.gz"));
    List<String> cells =
        List.of("mean_", "error_", "worst_").stream()
            .flatMap(kind -> MEASURES.stream().map(measure -> kind + measure))
            .toList();
    makeTable(
        source.resolve("breast_cancer.csv"), cells, target.resolve("breast-cancer/cells.csv.gz"));
    Path book = target.resolve("pride-and-prejudice/book.txt.gz");
    Files.createDirectories(book.getParent());
    try (InputStream in = new GZIPInputStream(Files.newInputStream(Path.of(arguments[1])));
        OutputStream out = gzipped(book)) {
      in.transferTo(out);
    }
  }

  /** Levels 0 to 16 become bytes 0 to 255. */
  private static void makeDigits(Path source, Path target) throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteArrayOutputStream labels = new ByteArrayOutputStream();
    try (BufferedReader lines = lines(new GZIPInputStream(Files.newInputStream(source)))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",");
        for (int i = 0; i < SIDE * SIDE; i++) {
          pixels.write(Math.round(Integer.parseInt(cells[i]) * 255f / LEVELS));
        }
        labels.write(Integer.parseInt(cells[SIDE * SIDE]));
      }
    }
    write(target.resolve("train-images-idx3-ubyte.gz"), pixels, 0x803, labels.size(), SIDE, SIDE);
    write(target.resolve("train-labels-idx1-ubyte.gz"), labels, 0x801, labels.size());
  }

  private static void write(Path file, ByteArrayOutputStream values, int... header)
      throws IOException {
    try (DataOutputStream out = new DataOutputStream(gzipped(file))) {
      for (int value : header) {
        out.writeInt(value);
      }
      values.writeTo(out);
    }
  }

  /** scikit-learn's first line is: rows, columns, the names of the classes. */
  private static void makeTable(Path source, List<String> columns, Path target)
      throws IOException {
    Files.createDirectories(target.getParent());
    try (BufferedReader lines = lines(Files.newInputStream(source));
        OutputStream out = gzipped(target)) {
      String[] classes = lines.readLine().split(",");
      out.write((String.join(",", columns) + ",label\n").getBytes(StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int comma = line.lastIndexOf(',');
        String name = classes[2 + Integer.parseInt(line.substring(comma + 1))];
        out.write((line.substring(0, comma + 1) + name + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static BufferedReader lines(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private static OutputStream gzipped(Path file) throws IOException {
    return new GZIPOutputStream(Files.newOutputStream(file), 1 << 16) {
      {
        def.setLevel(Deflater.BEST_COMPRESSION);
      }
    };
  }
}
