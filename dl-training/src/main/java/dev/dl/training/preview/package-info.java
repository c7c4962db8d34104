/**
 * Batches as files that people can look at: exactly what a network is given, turned back. Writing
 * them into the run directory is the caller's.
 */
package dev.dl.training.preview;
