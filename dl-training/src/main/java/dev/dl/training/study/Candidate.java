package dev.dl.training.study;

import dev.dl.core.config.Draft;

/**
 * One of those that a study compares.
 *
 * @param name unique in the study, and part of a directory's
 * @param settings of its runs, but for seed and length
 */
public record Candidate(String name, Draft settings) {}
