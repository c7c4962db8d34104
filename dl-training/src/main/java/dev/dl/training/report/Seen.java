package dev.dl.training.report;

/**
 * The first batch of training as the network was given it.
 *
 * @param png of pictures; {@code null} of other samples
 * @param text of other samples; {@code null} of pictures
 */
public record Seen(byte[] png, String text) {}
