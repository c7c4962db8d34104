package dev.dl.core.data;

/** What reading the samples of a dataset costs. */
enum Access {
  /** They lie in memory. */
  MEMORY,
  /** Each is read, and perhaps decoded, when it is asked for; the order does not matter. */
  EACH,
  /** As {@link #EACH}, but neighbours are read faster than samples in any order. */
  NEIGHBOURS
}
