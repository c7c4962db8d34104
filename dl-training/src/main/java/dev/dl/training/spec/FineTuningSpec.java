package dev.dl.training.spec;

import dev.dl.core.config.Above;
import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.config.Maximum;
import java.util.List;

/**
 * How a model that has learnt something already is adapted: what of it is trained, from when on and
 * how fast. Patterns are public names of parameters in which {@code *} stands for anything: {@code
 * embeddings.*}, {@code encoder.layer.0.*}.
 *
 * @param freeze patterns of parameters that stay as they are. Batch normalization all of whose
 *     parameters do normalizes by its running statistics, and leaves these as they are, too
 * @param layerDecay what the learning rate is multiplied by from each block of the model to the one
 *     before it; the head, which is after the last, has the full rate
 * @param rates what the learning rates of some parameters are multiplied by besides
 * @param unfreezeEpochs after so many epochs, whole or not, the next block from the head down
 *     begins to be trained, the head being trained from the start; {@code null}: all are
 * @param probe whether the frozen layers before the first trained one run only once over the data,
 *     as outside of training, and the rest is trained on what they gave; {@code freeze} being
 *     empty, the last layer alone is trained
 * @param lora adapters that are trained in place of the weights; {@code null}: none
 */
public record FineTuningSpec(
    @Default("[]") List<String> freeze,
    @Default("1") @Above(0) @Maximum(1) double layerDecay,
    @Default("[]") List<RateSpec> rates,
    @Default("null") @Above(0) Double unfreezeEpochs,
    @Default("false") boolean probe,
    @Default("null") LoraSpec lora) {

  public FineTuningSpec {
    if (probe && lora != null) {
      throw new ConfigException(
          "probe",
          "true with lora",
          "one of them, for adapters change what is before the last layer",
          "set the other to false or null");
    }
    freeze = List.copyOf(freeze);
    rates = List.copyOf(rates);
  }
}
