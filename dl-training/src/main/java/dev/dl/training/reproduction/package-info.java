/** Two runs of the same spec compared, from their directories alone. */
package dev.dl.training.reproduction;
