package dev.dl.training.spec;

/** The losses, by the names that configurations use. */
public enum LossKind {
  CROSS_ENTROPY,
  FOCAL,
  BINARY_CROSS_ENTROPY,
  MSE,
  MAE,
  HUBER,
  DICE,
  DISTANCE,
  CONTRASTIVE,
  COSINE
}
