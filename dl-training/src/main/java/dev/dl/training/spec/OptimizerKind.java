package dev.dl.training.spec;

/** The optimizers, by the names that configurations use. */
public enum OptimizerKind {
  SGD,
  ADAM,
  ADAMW,
  LION
}
