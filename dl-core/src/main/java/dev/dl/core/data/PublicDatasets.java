package dev.dl.core.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The datasets that everybody uses, with their upstream addresses. Each SHA-256 is one that several
 * others publish, for CIFAR, IMDB and Tiny Shakespeare TensorFlow Datasets among them.
 */
final class PublicDatasets {
  static final List<String> DIGITS = IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  static final List<String> CLOTHES =
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

  /** Fetched in this order: the training images, by which a folder is found, come last. */
  private static final List<String> IDX_FILES =
      List.of(
          "train-labels-idx1-ubyte.gz",
          "t10k-images-idx3-ubyte.gz",
          "t10k-labels-idx1-ubyte.gz",
          "train-images-idx3-ubyte.gz");

  private static final DatasetInfo FASHION_MNIST =
      idx(
          "fashion-mnist",
          "grey 28x28 pictures of clothes, 60,000 of them for training (Xiao et al. 2017)",
          "MIT",
          CLOTHES,
          List.of(
              "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
              "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
          new long[] {29_515, 4_422_102, 5_148, 26_421_880},
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888");

  private static final DatasetInfo MNIST =
      idx(
          "mnist",
          "grey 28x28 pictures of handwritten digits, 60,000 of them for training (LeCun et al.)",
          "CC-BY-SA-3.0",
          DIGITS,
          List.of(
              "https://storage.googleapis.com/cvdf-datasets/mnist/",
              "https://ossci-datasets.s3.amazonaws.com/mnist/"),
          new long[] {28_881, 1_648_877, 4_542, 9_912_422},
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");

  private static final DatasetInfo CIFAR_10 =
      new DatasetInfo(
          "cifar10",
          DatasetTask.IMAGES,
          "colour 32x32 pictures of ten things, 50,000 of them for training (Krizhevsky 2009)",
          "not stated",
          60_000,
          List.of(),
          DatasetOrigin.of(
              List.of(
                  RemoteFile.archive(
                      "cifar-10-binary.tar.gz",
                      List.of("https://www.cs.toronto.edu/~kriz/"),
                      170_052_171,
                      "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                      "cifar-10-batches-bin"))));

  private static final DatasetInfo CIFAR_100 =
      new DatasetInfo(
          "cifar100",
          DatasetTask.IMAGES,
          "colour 32x32 pictures of a hundred things, 50,000 for training (Krizhevsky 2009)",
          "not stated",
          60_000,
          List.of(),
          DatasetOrigin.of(
              List.of(
                  RemoteFile.archive(
                      "cifar-100-binary.tar.gz",
                      List.of("https://www.cs.toronto.edu/~kriz/"),
                      168_513_733,
                      "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
                      "cifar-100-binary"))));

  private static final DatasetInfo IMDB =
      new DatasetInfo(
          "imdb",
          DatasetTask.TEXTS,
          "reviews of films, good or bad, 25,000 of them for training (Maas et al. 2011)",
          "not stated",
          50_000,
          ReviewFolders.CLASS_NAMES,
          DatasetOrigin.of(
              List.of(
                  RemoteFile.archive(
                      "aclImdb_v1.tar.gz",
                      List.of("https://ai.stanford.edu/~amaas/data/sentiment/"),
                      84_125_825,
                      "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
                      "aclImdb"))));

  private static final DatasetInfo AG_NEWS =
      new DatasetInfo(
          "ag-news",
          DatasetTask.TEXTS,
          "news of four topics, 120,000 of them for training (Zhang et al. 2015)",
          "non-commercial use",
          127_600,
          NewsFiles.CLASS_NAMES,
          DatasetOrigin.of(
              List.of(
                  news(
                      "test.csv",
                      1_857_427,
                      "521465c2428ed7f02f8d6db6ffdd4b5447c1c701962353eb2c40d548c3c85699"),
                  news(
                      "train.csv",
                      29_470_338,
                      "76a0a2d2f92b286371fe4d4044640910a04a803fdd2538e0f3f29a5c6f6b672e"))));

  private static final DatasetInfo TINY_SHAKESPEARE =
      new DatasetInfo(
          "tiny-shakespeare",
          DatasetTask.LANGUAGE,
          "40,000 lines of plays by Shakespeare (Karpathy 2015)",
          "public domain",
          202_651,
          List.of(),
          DatasetOrigin.of(
              List.of(
                  RemoteFile.of(
                      "input.txt",
                      List.of(
                          "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/"),
                      1_115_394,
                      "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"))));

  private static final DatasetInfo WIKITEXT_2 =
      new DatasetInfo(
          "wikitext-2",
          DatasetTask.LANGUAGE,
          "good and featured articles of Wikipedia, the raw text (Merity et al. 2016)",
          "CC-BY-SA",
          2_507_007,
          List.of(),
          DatasetOrigin.of(
              List.of(
                  RemoteFile.archive(
                      "wikitext-2-raw-v1.zip",
                      List.of(
                          "https://huggingface.co/datasets/ggml-org/ci/resolve/main/",
                          "https://wikitext.smerity.com/"),
                      4_721_645,
                      "ef7edb566e3e2b2d31b29c1fdb0c89a4cc683597484c3dc2517919c615435a11",
                      "wikitext-2-raw"))));

  private PublicDatasets() {}

  /**
   * All of them.
   *
   * @param memoryBudget bytes of samples that may lie in memory
   */
  static List<DataSource> all(long memoryBudget) {
    return List.of(
        fashionMnist(List.of(Path.of("/usr/share/datasets/fashion-mnist"))),
        new PublicDataset(MNIST, new IdxFiles(DIGITS)),
        new PublicDataset(CIFAR_10, CifarFiles.of10(memoryBudget)),
        new PublicDataset(CIFAR_100, CifarFiles.of100(memoryBudget)),
        new PublicDataset(IMDB, new ReviewFolders(memoryBudget)),
        new PublicDataset(AG_NEWS, new NewsFiles(memoryBudget)),
        new PublicDataset(
            TINY_SHAKESPEARE, new PlainTexts(Map.of(Split.TRAIN, "input.txt"), memoryBudget)),
        new PublicDataset(
            WIKITEXT_2,
            new PlainTexts(
                Map.of(
                    Split.TRAIN,
                    "wiki.train.raw",
                    Split.VALIDATION,
                    "wiki.valid.raw",
                    Split.TEST,
                    "wiki.test.raw"),
                memoryBudget)));
  }

  /** Fashion-MNIST, looked for in these folders before the downloads. */
  static PublicDataset fashionMnist(List<Path> localPlaces) {
    return new PublicDataset(
        FASHION_MNIST,
        new IdxFiles(CLOTHES),
        localPlaces,
        "'apt-get install dataset-fashion-mnist'");
  }

  private static DatasetInfo idx(
      String name,
      String description,
      String licence,
      List<String> classNames,
      List<String> folders,
      long[] bytes,
      String... sha256) {
    List<RemoteFile> files =
        IntStream.range(0, IDX_FILES.size())
            .mapToObj(i -> RemoteFile.of(IDX_FILES.get(i), folders, bytes[i], sha256[i]))
            .toList();
    return new DatasetInfo(
        name,
        DatasetTask.IMAGES,
        description,
        licence,
        70_000,
        classNames,
        DatasetOrigin.of(files));
  }

  private static RemoteFile news(String name, long bytes, String sha256) {
    return RemoteFile.of(
        name,
        List.of(
            "https://raw.githubusercontent.com/mhjabreel/CharCnn_Keras/master/data/ag_news_csv/"),
        bytes,
        sha256);
  }
}
