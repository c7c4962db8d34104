package dev.dl.training.loop;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What one epoch came to.
 *
 * @param epoch counted from 1
 * @param epochs epochs of the run
 * @param step updates so far
 * @param metrics by name, {@code split.metric}: {@code train.loss}, {@code validation.accuracy}
 * @param samplesPerSecond of training, without evaluation
 * @param dataWaitShare share of the training time spent waiting for samples
 * @param duration of the epoch, evaluation included
 * @param best whether it is the best epoch so far
 * @param writing a text that the network wrote; empty if it writes none
 */
public record EpochResult(
    int epoch,
    int epochs,
    long step,
    Map<String, Double> metrics,
    double samplesPerSecond,
    double dataWaitShare,
    Duration duration,
    boolean best,
    Optional<String> writing) {}
