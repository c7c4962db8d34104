package dev.dl.training.spec;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Default;
import dev.dl.core.config.Shorthand;
import dev.dl.models.pretrained.NamePattern;
import dev.dl.models.pretrained.Pretrained.Allowed;
import java.util.List;

/**
 * Someone's weights, which training begins with. Names are those of weights, of layers with all
 * below them, or have {@code *} for any characters.
 *
 * @param path a file of weights, or a name that {@code ./dl data list} shows with weights
 * @param reinitialize names of the network's weights that begin anew all the same; the last layer
 *     does where it does not fit
 * @param ignore names of the file's weights that the network does not have
 */
@Shorthand
public record PretrainedSpec(
    String path, @Default("[]") List<String> reinitialize, @Default("[]") List<String> ignore) {

  public PretrainedSpec {
    reinitialize = List.copyOf(reinitialize);
    ignore = List.copyOf(ignore);
    if (path.isBlank()) {
      throw new ConfigException("path", "nothing", "a file of weights", "");
    }
  }

  /** What may differ between file and network. */
  public Allowed allowed() {
    return new Allowed(
        reinitialize.stream().map(NamePattern::new).toList(),
        ignore.stream().map(NamePattern::new).toList());
  }
}
