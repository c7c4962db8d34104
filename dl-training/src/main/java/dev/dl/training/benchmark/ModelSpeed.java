package dev.dl.training.benchmark;

/** Medians of measured steps; predictions are forward passes alone. */
public record ModelSpeed(double trainingSamplesPerSecond, double predictionSamplesPerSecond) {}
