package dev.dl.training.spec;

import dev.dl.core.config.Above;

/**
 * A learning rate of their own for some parameters.
 *
 * @param parameters a pattern of their names
 * @param factor what their learning rate is multiplied by
 */
public record RateSpec(String parameters, @Above(0) double factor) {}
