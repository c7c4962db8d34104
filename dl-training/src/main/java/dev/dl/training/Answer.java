package dev.dl.training;

/**
 * What a network says of one sample.
 *
 * @param where the sample comes from: a file, or a file and a line
 * @param text a class, labels separated by commas, or a number
 * @param probability of the class, of the least likely label given, or {@code null} of a number
 */
public record Answer(String where, String text, Double probability) {}
