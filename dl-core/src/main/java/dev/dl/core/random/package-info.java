/**
 * Random numbers as functions: of a seed, a use and a position, never of a generator's state.
 * Nothing here remembers what was drawn before, so nothing has to be saved to resume a run.
 */
package dev.dl.core.random;
