package dev.dl.training;

/**
 * What a network says of one sample.
 *
 * @param where the sample comes from: a file, or a file and a line
 * @param text a class, labels separated by commas, a number, classes of pixels with their shares,
 *     or a tag for each token
 * @param probability of the class, of the least likely label given, or {@code null} of others
 */
public record Answer(String where, String text, Double probability) {}
