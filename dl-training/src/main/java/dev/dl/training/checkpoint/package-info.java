/**
 * Checkpoints of a run: what they hold, how they are committed so that no crash can lose one, and
 * how the newest that is whole is found again. When to save is not decided here.
 */
package dev.dl.training.checkpoint;
