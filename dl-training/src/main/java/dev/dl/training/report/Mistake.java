package dev.dl.training.report;

/**
 * A sample that was taken for something else.
 *
 * @param sample which one it is: its file, or its place in the split
 * @param probability that the network gave to {@code predicted}
 * @param png the sample as a picture; {@code null} of other samples
 * @param text the sample as a text; {@code null} of other samples
 */
public record Mistake(
    String sample, String label, String predicted, double probability, byte[] png, String text) {}
