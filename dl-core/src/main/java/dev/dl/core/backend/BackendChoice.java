package dev.dl.core.backend;

/** What the user asked the tensor math to run on. */
public enum BackendChoice {
  AUTO,
  CPU,
  CUDA
}
