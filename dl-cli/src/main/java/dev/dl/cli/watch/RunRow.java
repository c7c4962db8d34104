package dev.dl.cli.watch;

import java.util.List;
import java.util.Map;

/**
 * A run in the list. What is not known is {@code null}.
 *
 * @param id its path below the folder
 * @param status that of its summary; {@code running}, {@code stopping}, {@code unfinished} or
 *     {@code damaged} where that is not what counts
 * @param live whether a process is at it
 * @param epoch that have ended
 * @param epochs that its spec asks for
 * @param progress from 0 to 1, by steps
 * @param metrics of the best weights so far, with their split's name
 * @param seconds of training
 * @param secondsLeft estimated
 * @param changedMillis when it last wrote, since 1970
 * @param problems files that cannot be used, a line each
 */
record RunRow(
    String id,
    String name,
    String status,
    boolean live,
    String model,
    String data,
    String seed,
    int epoch,
    Integer epochs,
    Double step,
    Double progress,
    Map<String, Double> metrics,
    Long parameters,
    Double samplesPerSecond,
    Double seconds,
    Double secondsLeft,
    long changedMillis,
    List<String> problems) {}
