package dev.dl.core.tensorfile;

import java.util.List;

/**
 * What a file says of one tensor.
 *
 * @param type of its numbers in the file, such as {@code F16}
 * @param bytes that they take there
 */
public record WeightEntry(String name, String type, List<Long> shape, long bytes) {}
