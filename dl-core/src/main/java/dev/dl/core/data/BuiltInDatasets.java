package dev.dl.core.data;

import java.util.List;
import java.util.Map;

/**
 * The datasets that are a part of dl, made by {@code tools/MakeFashionMnist10k.java} and {@code
 * tools/MakeBuiltInData.java}. None has a test split.
 */
final class BuiltInDatasets {
  private BuiltInDatasets() {}

  /**
   * All of them.
   *
   * @param memoryBudget bytes of samples that may lie in memory
   */
  static List<DataSource> all(long memoryBudget) {
    return List.of(
        new BuiltInDataset(
            new DatasetInfo(
                "fashion-mnist-10k",
                DatasetTask.IMAGES,
                "10,000 of Fashion-MNIST's training pictures, 1,000 of each class",
                "MIT",
                10_000,
                PublicDatasets.CLOTHES,
                DatasetOrigin.builtIn(4_359_345)),
            new IdxFiles(PublicDatasets.CLOTHES)),
        new BuiltInDataset(
            new DatasetInfo(
                "digits",
                DatasetTask.IMAGES,
                "grey 8x8 pictures of handwritten digits (Alpaydin, Kaynak 1998), by scikit-learn",
                "BSD-3-Clause",
                1_797,
                PublicDatasets.DIGITS,
                DatasetOrigin.builtIn(44_399)),
            new IdxFiles(PublicDatasets.DIGITS)),
        new BuiltInDataset(
            new DatasetInfo(
                "iris",
                DatasetTask.TABLE,
                "three species of iris by four lengths (Fisher 1936), by scikit-learn",
                "BSD-3-Clause",
                150,
                List.of("setosa", "versicolor", "virginica"),
                DatasetOrigin.builtIn(857)),
            new TableFile("iris.csv.gz", memoryBudget)),
        new BuiltInDataset(
            new DatasetInfo(
                "breast-cancer",
                DatasetTask.TABLE,
                "benign or malignant by thirty measures of cell nuclei (Wisconsin), by scikit-learn",
                "BSD-3-Clause",
                569,
                List.of("benign", "malignant"),
                DatasetOrigin.builtIn(47_086)),
            new TableFile("cells.csv.gz", memoryBudget)),
        new BuiltInDataset(
            new DatasetInfo(
                "pride-and-prejudice",
                DatasetTask.LANGUAGE,
                "the novel by Jane Austen (1813), Project Gutenberg's text",
                "public domain",
                121_567,
                List.of(),
                DatasetOrigin.builtIn(248_844)),
            new PlainTexts(Map.of(Split.TRAIN, "book.txt.gz"), memoryBudget)));
  }
}
