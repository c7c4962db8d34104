package dev.dl.core.tensorfile;

/**
 * Numbers in a row, which tensors are views of.
 *
 * @param key by which the file knows it
 * @param count of its numbers
 */
record PyTorchStorage(String key, ElementType type, long count) {}
