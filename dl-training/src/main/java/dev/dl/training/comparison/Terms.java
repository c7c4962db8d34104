package dev.dl.training.comparison;

/**
 * What a study states of all its runs, where their settings would not show it.
 *
 * @param budget of each run, as a sentence says it: how long it is trained follows from that
 * @param tuning how the settings of the candidates were found
 */
public record Terms(String budget, String tuning) {}
