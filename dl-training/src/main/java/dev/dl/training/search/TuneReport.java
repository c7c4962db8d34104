package dev.dl.training.search;

import java.util.List;
import java.util.Map;

/**
 * What a search came to: {@code tune.json}.
 *
 * @param metric of the validation split; the test split was not looked at
 * @param epochs of training that it cost
 * @param seconds likewise
 * @param base value of the metric without the search; {@code null} if the base did not train
 * @param best trial of those that were trained to the end, if it is better than the base; its value
 *     is the best of many, and so a little too good: {@code null} if none is
 * @param importance how much of the order of the trials each field decides by itself, from 0 to 1
 * @param trials the best first: those trained longer before the others
 */
public record TuneReport(
    String name,
    TuneSpec.Method method,
    String metric,
    int epochs,
    double seconds,
    Double base,
    Trial best,
    Map<String, Double> importance,
    List<Trial> trials) {}
