package dev.dl.core.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fashion-MNIST (Xiao et al. 2017, https://arxiv.org/abs/1708.07747): 60,000 training and 10,000
 * test images. Read from {@code data.path}, from where Debian's package puts it, or from the folder
 * of downloads; never fetched by opening it.
 */
final class FashionMnist implements DataSource {
  static final List<String> CLASS_NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final List<String> UPSTREAM =
      List.of(
          "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
          "https://storage.googleapis.com/tensorflow/tf-keras-datasets/");

  /** Fetched in this order: the training images, by which a folder is found, come last. */
  private static final DatasetInfo INFO =
      new DatasetInfo(
          "fashion-mnist",
          "70,000 grey 28x28 pictures of clothes, 60,000 of them for training",
          "MIT",
          CLASS_NAMES,
          false,
          List.of(
              file(
                  "train-labels-idx1-ubyte.gz",
                  "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
              file(
                  "t10k-images-idx3-ubyte.gz",
                  "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
              file(
                  "t10k-labels-idx1-ubyte.gz",
                  "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
              file(
                  "train-images-idx3-ubyte.gz",
                  "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888")));

  private final List<Path> localPlaces;

  /** Looks into these folders before the downloads. */
  FashionMnist(List<Path> localPlaces) {
    this.localPlaces = List.copyOf(localPlaces);
  }

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    if (spec.path() != null) {
      return IdxFolder.open(base.resolve(spec.path()).normalize(), spec, CLASS_NAMES);
    }
    List<Path> places =
        Stream.concat(localPlaces.stream(), Stream.of(downloads.resolve(INFO.name()))).toList();
    for (Path place : places) {
      if (IdxFolder.holdsImages(place)) {
        return IdxFolder.open(place, spec, CLASS_NAMES);
      }
    }
    throw new DataMissingException(
        "fashion-mnist: not in "
            + places.stream().map(Path::toString).collect(Collectors.joining(" nor "))
            + "; fetch it with './dl data get fashion-mnist' or 'apt-get install"
            + " dataset-fashion-mnist', or name its folder with data.path=FOLDER");
  }

  private static RemoteFile file(String name, String sha256) {
    return new RemoteFile(
        name, UPSTREAM.stream().map(folder -> URI.create(folder + name)).toList(), sha256);
  }
}
