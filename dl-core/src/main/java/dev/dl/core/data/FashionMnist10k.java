package dev.dl.core.data;

import dev.dl.core.data.image.Image;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The built-in dataset: 1,000 images of each class of Fashion-MNIST's training set, made by {@code
 * tools/MakeFashionMnist10k.java}. It has no test split: the test images of Fashion-MNIST stay
 * unseen.
 */
final class FashionMnist10k implements DataSource {
  private static final DatasetInfo INFO =
      new DatasetInfo(
          "fashion-mnist-10k",
          "built in: 10,000 of Fashion-MNIST's training images, 1,000 of each class, no test split",
          "MIT",
          FashionMnist.CLASS_NAMES,
          false,
          List.of());

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    Dataset<Image> train =
        IdxFolder.read(
            Split.TRAIN,
            read("train-images-idx3-ubyte.gz", 3),
            read("train-labels-idx1-ubyte.gz", 1));
    return ImageData.of(Map.of(Split.TRAIN, train), spec, FashionMnist.CLASS_NAMES, INFO.name());
  }

  private static IdxFile read(String file, int dimensions) throws IOException {
    String name = "fashion-mnist-10k/" + file;
    InputStream in = FashionMnist10k.class.getResourceAsStream(name);
    if (in == null) {
      throw new FileNotFoundException(name + " is not in this build of dl");
    }
    return IdxFile.read(in, name, dimensions);
  }
}
