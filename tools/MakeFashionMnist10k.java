import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the built-in dataset fashion-mnist-10k: the first 1,000 images of each class of
 * Fashion-MNIST's training set, in the order of that set. The test set is not touched.
 *
 * <pre>java tools/MakeFashionMnist10k.java FOLDER_OF_FASHION_MNIST TARGET_FOLDER</pre>
 */
public final class MakeFashionMnist10k {
  private static final int CLASSES = 10;
  private static final int PER_CLASS = 1000;
  private static final int PIXELS = 28 * 28;
  private static final String IMAGES = "train-images-idx3-ubyte.gz";
  private static final String LABELS = "train-labels-idx1-ubyte.gz";

  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    Path target = Files.createDirectories(Path.of(arguments[1]));
    try (DataInputStream images = reader(source.resolve(IMAGES));
        DataInputStream labels = reader(source.resolve(LABELS));
        DataOutputStream keptImages = writer(target.resolve(IMAGES));
        DataOutputStream keptLabels = writer(target.resolve(LABELS))) {
      images.skipNBytes(16);
      labels.skipNBytes(8);
      writeHeader(keptImages, 0x803, CLASSES * PER_CLASS, 28, 28);
      writeHeader(keptLabels, 0x801, CLASSES * PER_CLASS);
      int[] kept = new int[CLASSES];
      for (int i = 0; i < 60_000; i++) {
        byte[] image = images.readNBytes(PIXELS);
        int label = labels.readByte();
        if (kept[label]++ < PER_CLASS) {
          keptImages.write(image);
          keptLabels.write(label);
        }
      }
    }
  }

  private static DataInputStream reader(Path file) throws IOException {
    return new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static DataOutputStream writer(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new DataOutputStream(
        new GZIPOutputStream(out, 1 << 16) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        });
  }

  private static void writeHeader(DataOutputStream out, int... values) throws IOException {
    for (int value : values) {
      out.writeInt(value);
    }
  }
}
