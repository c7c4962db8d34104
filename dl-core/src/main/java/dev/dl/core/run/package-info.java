/**
 * The directory of a run: its files, its lock, and the one way in which they are written so that a
 * crash at any instant leaves each file whole. What is in checkpoints is not known here, and ND4J
 * is not loaded.
 */
package dev.dl.core.run;
