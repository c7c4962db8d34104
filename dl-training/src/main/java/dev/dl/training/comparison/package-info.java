/**
 * Architectures compared by their runs, from the run directories alone: whether the comparison is
 * fair, how far apart they are, and how sure that is. How it is shown is not decided here.
 */
package dev.dl.training.comparison;
