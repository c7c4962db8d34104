/**
 * Pickles, the objects of Python programs, read without doing what they ask for: a pickle is a
 * program, and only the operations that build plain values are known here. What names stand for is
 * up to the reader's {@link dev.dl.core.pickle.Names}; nothing is ever looked up by reflection.
 */
package dev.dl.core.pickle;
