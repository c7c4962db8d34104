package dev.dl.models.pretrained;

/** What became of a weight. */
public enum Fate {
  LOADED("loaded"),
  TRANSPOSED("transposed"),
  RESHAPED("reshaped"),
  JOINED("joined from parts"),
  COPIED("copied"),
  /** Variances, to another epsilon than that of others. */
  ADJUSTED("adjusted"),
  /** Positions of patches, for another size of the image. */
  INTERPOLATED("interpolated"),
  /** Positions of tokens, the first of them. */
  SHORTENED("shortened"),
  REINITIALIZED("reinitialized"),
  IGNORED("ignored"),
  MISSING("missing"),
  UNEXPECTED("unexpected"),
  WRONG_SHAPE("of another shape");

  private final String label;

  Fate(String label) {
    this.label = label;
  }

  /** Its name for people: {@code of another shape}. */
  public String label() {
    return label;
  }

  /** Whether it is one that nobody has agreed to. */
  public boolean isProblem() {
    return this == MISSING || this == UNEXPECTED || this == WRONG_SHAPE;
  }
}
