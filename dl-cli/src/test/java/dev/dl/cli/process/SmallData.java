package dev.dl.cli.process;

import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures that are made up, the same at every call: noise, brighter in one place by class. */
public final class SmallData {
  static final int SIZE = 12;
  static final int CLASSES = 3;

  private SmallData() {}

  /** Writes a folder of IDX files with a training and a test split. */
  public static Path idx(Path folder, int train, int test) throws IOException {
    Files.createDirectories(folder);
    idx(folder, "train", train);
    idx(folder, "t10k", test);
    return folder;
  }

  private static void idx(Path folder, String prefix, int count) throws IOException {
    try (DataOutputStream images = open(folder.resolve(prefix + "-images-idx3-ubyte"));
        DataOutputStream labels = open(folder.resolve(prefix + "-labels-idx1-ubyte"))) {
      images.writeInt(0x803);
      images.writeInt(count);
      images.writeInt(SIZE);
      images.writeInt(SIZE);
      labels.writeInt(0x801);
      labels.writeInt(count);
      Random random = new Random(prefix.length());
      for (int i = 0; i < count; i++) {
        labels.write(i % CLASSES);
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
          images.write(value(i % CLASSES, pixel, random));
        }
      }
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    return new DataOutputStream(Files.newOutputStream(file));
  }

  /** Writes coloured PNG files of two classes: {@code split/class/number.png}. */
  static void pictures(Path folder, String split, int ofEachClass) throws IOException {
    Random random = new Random(split.length());
    for (int label = 0; label < 2; label++) {
      Path folderOfClass = Files.createDirectories(folder.resolve(split).resolve("class " + label));
      for (int i = 0; i < ofEachClass; i++) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
          int red = value(label, pixel, random);
          int rest = random.nextInt(1 << 16);
          image.setRGB(pixel % SIZE, pixel / SIZE, red << 16 | rest);
        }
        ImageIO.write(image, "png", folderOfClass.resolve(i + ".png").toFile());
      }
    }
  }

  private static int value(int label, int pixel, Random random) {
    boolean bright = pixel / SIZE / 4 == label;
    return random.nextInt(200) + (bright ? 50 : 0);
  }
}
