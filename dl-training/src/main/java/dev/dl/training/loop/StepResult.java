package dev.dl.training.loop;

import java.time.Duration;

/**
 * What one optimizer update did.
 *
 * @param step updates so far in the run, counted from 1
 * @param epoch counted from 1
 * @param stepInEpoch counted from 1
 * @param stepsPerEpoch updates that make an epoch
 * @param samples samples of this step
 * @param loss mean over the samples
 * @param accuracy share of the samples that were classified right, before the update
 * @param learningRate of this step
 * @param gradientNorm global L2 norm before clipping
 * @param duration of the whole step, waiting included
 * @param dataWait time in which the step waited for its samples
 */
public record StepResult(
    long step,
    int epoch,
    int stepInEpoch,
    int stepsPerEpoch,
    int samples,
    double loss,
    double accuracy,
    double learningRate,
    double gradientNorm,
    Duration duration,
    Duration dataWait) {}
