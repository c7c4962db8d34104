/**
 * Whether the kernels of a backend compute what those of another do: the same networks and the same
 * short training on both, each in a process of its own. For bug reports, and for machines that
 * nobody has tried.
 */
package dev.dl.training.selftest;
