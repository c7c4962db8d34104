package dev.dl.core.data;

/** What a dataset is for: what a model learns from it, or that it begins with it. */
public enum DatasetTask {
  IMAGES("image classification", "pictures"),
  SEGMENTATION("segmentation of images", "pictures"),
  TEXTS("text classification", "texts"),
  TAGS("sequence labelling", "sentences"),
  LANGUAGE("language model", "words"),
  TABLE("table", "rows"),
  WEIGHTS("weights", "weights");

  private final String label;
  private final String unit;

  DatasetTask(String label, String unit) {
    this.label = label;
    this.unit = unit;
  }

  /** Its name for people: {@code image classification}. */
  public String label() {
    return label;
  }

  /** What its data is counted in: {@code pictures}. */
  public String unit() {
    return unit;
  }
}
