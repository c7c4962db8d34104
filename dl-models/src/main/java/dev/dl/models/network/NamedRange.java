package dev.dl.models.network;

import java.util.List;

/**
 * A parameter's place in the flat vectors of a network.
 *
 * @param name public, as PyTorch names it: {@code layer1.0.conv1.weight}
 * @param shape as PyTorch shapes it
 * @param offset of its first value
 * @param decayed whether weight decay applies
 * @param trained whether it has a gradient: not where it is frozen or a buffer
 */
public record NamedRange(
    String name, List<Long> shape, long offset, long length, boolean decayed, boolean trained) {}
