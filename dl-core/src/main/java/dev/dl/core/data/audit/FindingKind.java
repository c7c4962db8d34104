package dev.dl.core.data.audit;

/** What an audit can find, the worst first. */
public enum FindingKind {
  UNREADABLE(
      Severity.ERROR,
      "Cannot be read",
      "mend or remove them; pictures can be left out by data.onBadSample=skip"),
  UNSEEN_CLASS(
      Severity.ERROR, "Classes that training never sees", "add training samples, or remove these"),
  LEAK(
      Severity.ERROR,
      "The same in several splits",
      "keep each in one split: what is measured on the others is remembered, not recognised"),
  NEAR_LEAK(
      Severity.ERROR,
      "Nearly the same in several splits",
      "keep near duplicates together in one split, or keep only one of them"),
  LABEL_CONFLICT(
      Severity.WARNING, "Duplicates with different labels", "decide which label is right"),
  DUPLICATE(
      Severity.WARNING, "The same several times", "keep one, unless they shall count more often"),
  NEAR_DUPLICATE(
      Severity.WARNING,
      "Nearly the same several times",
      "look whether they are copies; in a validation split held out later they would leak"),
  MISSING_CLASS(
      Severity.WARNING, "Classes missing from a split", "the split says nothing about them"),
  LEAKING_COLUMN(
      Severity.WARNING, "Columns that give the answer away", "ignore them by data.table.ignored"),
  CONSTANT_COLUMN(
      Severity.WARNING, "Columns that never vary", "they teach nothing; data.table.ignored"),
  ONE_COLOUR(Severity.WARNING, "Pictures of one colour", "look whether they are broken"),
  EMPTY_TEXT(Severity.WARNING, "Texts without a word", "remove them, or fill them in"),
  TRUNCATED_TEXT(Severity.NOTE, "Texts that are cut off", "data.text.length keeps more tokens"),
  UNKNOWN_TOKENS(
      Severity.NOTE,
      "Many unknown tokens",
      "use a larger vocabulary or a smaller minimum count, by data.text.tokenizer"),
  IMBALANCE(
      Severity.NOTE,
      "Classes of very different sizes",
      "watch the metrics of each class; training.loss.classWeights: balanced lets all count alike"),
  NOTICE(Severity.NOTE, "Also", "");

  private final Severity severity;
  private final String title;
  private final String remedy;

  FindingKind(Severity severity, String title, String remedy) {
    this.severity = severity;
    this.title = title;
    this.remedy = remedy;
  }

  public Severity severity() {
    return severity;
  }

  /** Whether it is about samples that are in several splits. */
  public boolean leakage() {
    return this == LEAK || this == NEAR_LEAK;
  }

  /** A headline. */
  public String title() {
    return title;
  }

  /** What to do, in a few words; may be empty. */
  public String remedy() {
    return remedy;
  }
}
