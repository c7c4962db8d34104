/**
 * A run from its spec to its summary: the one place where data, model, loop, checkpoints and report
 * meet.
 */
package dev.dl.training;
