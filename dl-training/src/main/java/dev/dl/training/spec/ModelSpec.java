package dev.dl.training.spec;

/**
 * The architecture to train.
 *
 * @param name a model of the catalogue
 */
public record ModelSpec(String name) {}
