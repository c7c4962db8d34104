package dev.dl.training.benchmark;

import dev.dl.training.memory.MemoryEstimate;

/**
 * The memory of a few training steps.
 *
 * @param estimate of what they take
 * @param peakMebibytes largest resident memory of the process so far; -1 where unknown
 */
public record MeasuredMemory(MemoryEstimate estimate, long peakMebibytes) {}
