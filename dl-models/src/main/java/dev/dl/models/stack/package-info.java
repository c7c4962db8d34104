/**
 * Architectures that a configuration spells out block by block: {@link dev.dl.models.stack.Block}
 * lists what it can name, {@link dev.dl.models.stack.Stack} puts them one after the other.
 */
package dev.dl.models.stack;
