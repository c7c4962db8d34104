package dev.dl.models.pretrained;

import java.util.List;

/**
 * What became of one weight.
 *
 * @param name ours; of what the network lacks, the file's after renaming
 * @param shape in the network, or in the file if the network lacks it
 * @param from what the file calls it; {@code null} if it has none
 * @param found the file's shape; {@code null} if it has none
 */
public record AdoptedWeight(
    String name, List<Long> shape, Fate fate, String from, List<Long> found) {

  static AdoptedWeight of(String name, List<Long> shape, Fate fate, Given given) {
    return new AdoptedWeight(
        name,
        shape,
        fate,
        given == null ? null : given.from(),
        given == null ? null : given.tensor().shape());
  }

  /** For messages: the name, with what tells why it does not fit. */
  String described() {
    return fate == Fate.WRONG_SHAPE ? "%s %s, not %s".formatted(name, found, shape) : name;
  }
}
