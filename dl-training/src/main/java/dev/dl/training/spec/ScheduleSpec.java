package dev.dl.training.spec;

import dev.dl.core.config.Above;
import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Maximum;
import dev.dl.core.config.Minimum;

/**
 * How the learning rate moves over the run.
 *
 * @param name {@code constant}, {@code step}, {@code cosine}, {@code one-cycle} or {@code plateau}
 * @param warmupEpochs epochs of linear warm-up from 0, before the schedule itself
 * @param stepEpochs epochs between two decays of {@code step}
 * @param stepFactor what {@code step} multiplies by
 * @param minimumFactor where {@code cosine} and {@code one-cycle} end, as a share of the peak
 * @param factor what {@code plateau} multiplies by at each plateau
 * @param patience epochs without improvement that are a plateau; what counts as one is as for early
 *     stopping
 * @param minimumRate below which {@code plateau} lets no learning rate fall
 */
public record ScheduleSpec(
    @Default("constant") ScheduleKind name,
    @Default("0") @Minimum(0) double warmupEpochs,
    @Default("30") @Above(0) double stepEpochs,
    @Default("0.1") @Above(0) @Maximum(1) double stepFactor,
    @Default("0") @Minimum(0) @Maximum(1) double minimumFactor,
    @Default("0.1") @Above(0) @Below(1) double factor,
    @Default("10") @Minimum(1) int patience,
    @Default("0") @Minimum(0) double minimumRate) {}
