package dev.dl.core.data;

import dev.dl.core.config.ConfigReader;
import java.util.List;

/** Data specs as a configuration gives them. */
final class Specs {
  private Specs() {}

  /** A source with settings such as {@code path=.}, and defaults for the rest. */
  static DataSpec data(String source, String... settings) {
    return ConfigReader.parse("source: " + source, "test", List.of(settings), DataSpec.class);
  }

  /** Settings such as {@code mixup=0.2}, and no other changes. */
  static AugmentationSpec augmentation(String... settings) {
    return ConfigReader.parse("{}", "test", List.of(settings), AugmentationSpec.class);
  }

  /** The image preprocessing of data. */
  static ImagePreprocessing images(DataSplits data) {
    return (ImagePreprocessing) data.preprocessing();
  }
}
