package dev.dl.models.graph;

/**
 * What a network is to tell.
 *
 * @param classes number of classes, one logit each
 */
public record Head(int classes) {

  public Head {
    if (classes < 2) {
      throw new IllegalArgumentException("classes: got " + classes + ", expected at least 2");
    }
  }
}
