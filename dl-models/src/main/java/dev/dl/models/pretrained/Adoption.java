package dev.dl.models.pretrained;

import dev.dl.core.tensorfile.Tensor;
import dev.dl.core.tensorfile.TensorFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Someone's weights as a network takes them.
 *
 * @param weights all of the network's, by name
 * @param account what became of each, those of the network first, then what the file has more
 */
public record Adoption(Map<String, Tensor> weights, List<AdoptedWeight> account) {
  private static final int NAMED = 3;

  public Adoption {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    account = List.copyOf(account);
  }

  /**
   * Refuses weights of which one is missing, unexpected or of another shape.
   *
   * @param file where they are from
   * @param model what messages call the network
   */
  public void requireComplete(Path file, String model) throws TensorFileException {
    List<String> problems =
        Arrays.stream(Fate.values())
            .filter(Fate::isProblem)
            .filter(fate -> count(fate) > 0)
            .map(this::named)
            .toList();
    if (!problems.isEmpty()) {
      throw new TensorFileException(
          file.toString(),
          String.join(", ", problems),
          "the weights of "
              + model
              + "; model.pretrained.reinitialize lets some of the network's begin anew, "
              + "model.pretrained.ignore leaves some of the file's out");
    }
  }

  private String named(Fate fate) {
    List<AdoptedWeight> all = of(fate).toList();
    String more = all.size() > NAMED ? ", …" : "";
    return all.stream()
        .limit(NAMED)
        .map(AdoptedWeight::described)
        .collect(
            Collectors.joining(", ", "%d %s (".formatted(all.size(), fate.label()), more + ")"));
  }

  private Stream<AdoptedWeight> of(Fate fate) {
    return account.stream().filter(weight -> weight.fate() == fate);
  }

  private long count(Fate fate) {
    return of(fate).count();
  }

  /** One line: {@code 103 loaded, 36 transposed, 1 ignored (embeddings.position_ids)}. */
  public String summary() {
    return Arrays.stream(Fate.values())
        .filter(fate -> count(fate) > 0)
        .map(
            fate ->
                fate.ordinal() < Fate.INTERPOLATED.ordinal()
                    ? count(fate) + " " + fate.label()
                    : named(fate))
        .collect(Collectors.joining(", "));
  }

  /** A line for each weight: name, shape, what became of it, and what the file calls it. */
  public List<String> table() {
    return account.stream()
        .map(
            weight ->
                "%s %s: %s%s"
                    .formatted(
                        weight.name(),
                        weight.shape(),
                        weight.fate().label(),
                        weight.from() == null
                            ? ""
                            : ", %s %s in the file".formatted(weight.from(), weight.found())))
        .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
        .toList();
  }
}
