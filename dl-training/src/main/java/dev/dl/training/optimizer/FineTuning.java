package dev.dl.training.optimizer;

import dev.dl.core.config.ConfigException;
import dev.dl.models.adaptation.LowRankAdaptation;
import dev.dl.models.adaptation.ModelBlocks;
import dev.dl.models.adaptation.NamePattern;
import dev.dl.models.graph.Graph;
import dev.dl.training.spec.FineTuningSpec;
import dev.dl.training.spec.RateSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a model is trained in each step, and how fast: a pure function of the step, so that a
 * resumed run finds it again. Learning rates that fall from block to block are as in BEiT (Bao et
 * al. 2021, https://arxiv.org/abs/2106.08254); blocks that begin one after the other, from the head
 * down, as in ULMFiT (Howard and Ruder 2018, https://arxiv.org/abs/1801.06146).
 */
public final class FineTuning {
  private final Map<String, Pace> paces;

  private FineTuning(Map<String, Pace> paces) {
    this.paces = Map.copyOf(paces);
  }

  /**
   * What a spec says of a graph.
   *
   * @throws ConfigException if a pattern matches no parameter, or none is left to train
   */
  public static FineTuning of(FineTuningSpec spec, Graph graph, long stepsPerEpoch) {
    ModelBlocks blocks = ModelBlocks.of(graph);
    List<String> names = blocks.names().stream().flatMap(List::stream).toList();
    NamePattern.requireMatches("fineTuning.freeze", spec.freeze(), names);
    NamePattern.requireMatches(
        "fineTuning.rates", spec.rates().stream().map(RateSpec::parameters).toList(), names);
    // Without adapters, those that LoRA trains are the last layer's.
    boolean few = spec.lora() != null || spec.probe() && spec.freeze().isEmpty();
    Set<String> trained = few ? LowRankAdaptation.trained(graph) : Set.copyOf(names);
    Map<String, Pace> paces = new LinkedHashMap<>();
    for (int block = 0; block < blocks.count(); block++) {
      int fromHead = blocks.count() - 1 - block;
      double rate = Math.pow(spec.layerDecay(), fromHead);
      long start = start(spec, fromHead, stepsPerEpoch);
      for (String name : blocks.names().get(block)) {
        boolean frozen = !trained.contains(name) || NamePattern.anyMatches(spec.freeze(), name);
        paces.put(name, frozen ? Pace.FROZEN : new Pace(rate * factor(spec, name), start));
      }
    }
    if (paces.values().stream().allMatch(Pace.FROZEN::equals)) {
      throw new ConfigException(
          "fineTuning.freeze", "patterns of all parameters", "something left to train", "");
    }
    return new FineTuning(paces);
  }

  private static long start(FineTuningSpec spec, int fromHead, long stepsPerEpoch) {
    return spec.unfreezeEpochs() == null
        ? 0
        : Math.round(fromHead * spec.unfreezeEpochs() * stepsPerEpoch);
  }

  private static double factor(FineTuningSpec spec, String name) {
    return spec.rates().stream()
        .filter(rate -> new NamePattern(rate.parameters()).matches(name))
        .mapToDouble(RateSpec::factor)
        .reduce(1, (first, second) -> first * second);
  }

  /** Of the parameter of this public name. */
  public Pace pace(String name) {
    return paces.get(name);
  }

  /** Whether the parameter of this public name is never trained. */
  public boolean frozen(String name) {
    return pace(name).equals(Pace.FROZEN);
  }

  /** Whether a parameter stays as it is in the step after so many. */
  public boolean frozen(String name, long completedSteps) {
    return pace(name).waits(completedSteps);
  }

  /** How many parameters are trained in the step after so many; it grows where blocks begin. */
  public long trained(long completedSteps) {
    return paces.values().stream().filter(pace -> !pace.waits(completedSteps)).count();
  }
}
