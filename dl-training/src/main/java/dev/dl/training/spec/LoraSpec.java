package dev.dl.training.spec;

import dev.dl.core.config.Above;
import dev.dl.core.config.Below;
import dev.dl.core.config.Default;
import dev.dl.core.config.Minimum;
import dev.dl.models.adaptation.LowRankAdaptation;
import java.util.List;

/**
 * Adapters of low rank (Hu et al. 2021), which are trained with the last layer in place of all
 * other parameters.
 *
 * @param rank of each adapter
 * @param alpha over the rank, what adapters are multiplied by
 * @param dropout rate before them
 * @param targets patterns of the weights of dense layers that are adapted; {@code []}: all but the
 *     last layer's
 */
public record LoraSpec(
    @Default("8") @Minimum(1) int rank,
    @Default("16") @Above(0) double alpha,
    @Default("0") @Minimum(0) @Below(1) double dropout,
    @Default("[]") List<String> targets) {

  public LoraSpec {
    targets = List.copyOf(targets);
  }

  /** What it does to a graph. */
  public LowRankAdaptation adaptation() {
    return new LowRankAdaptation(targets, rank, alpha, dropout);
  }
}
