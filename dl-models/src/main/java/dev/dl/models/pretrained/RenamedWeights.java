package dev.dl.models.pretrained;

import dev.dl.core.tensorfile.Tensor;
import dev.dl.models.pretrained.Naming.Joining;
import dev.dl.models.pretrained.Naming.OtherEpsilon;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The weights of a file by our names, as ours lie; what is none of ours keeps its name. */
final class RenamedWeights {

  /** As PyTorch's exporter numbers the matrices that it has transposed. */
  private static final Pattern NUMBER = Pattern.compile("^onnx::MatMul_(\\d{1,9})$");

  private final Map<String, List<Long>> wanted;
  private final Naming naming;
  private final Map<String, Given> given = new LinkedHashMap<>();

  private RenamedWeights(Map<String, List<Long>> wanted, Naming naming) {
    this.wanted = wanted;
    this.naming = naming;
  }

  /**
   * Names the tensors of a file.
   *
   * @param wanted names and shapes of the network's weights
   */
  static Map<String, Given> of(
      Map<String, Tensor> file, Map<String, List<Long>> wanted, Naming naming) {
    RenamedWeights renamed = new RenamedWeights(wanted, naming);
    Map<String, Tensor> others = new LinkedHashMap<>(file);
    wanted.keySet().stream()
        .filter(file::containsKey)
        .forEach(name -> renamed.given.put(name, Given.loaded(name, others.remove(name))));
    renamed.takeNumbered(others);
    Map<String, String> counted =
        naming.counted().map(blocks -> blocks.names(others.keySet())).orElse(Map.of());
    others.forEach(
        (name, tensor) -> renamed.rename(counted.getOrDefault(name, name), name, tensor));
    renamed.transpose();
    naming.layout().joinings().forEach(renamed::join);
    naming.copied().forEach(renamed::copy);
    return renamed.given;
  }

  private void rename(String counted, String name, Tensor tensor) {
    String ours = counted;
    for (Renaming renaming : naming.renamings()) {
      ours = wanted.containsKey(ours) ? ours : renaming.applied(ours);
    }
    // Of two that come to one name, the second is none that is wanted.
    given.put(given.containsKey(ours) ? name + " (again)" : ours, laidOut(name, tensor));
  }

  private Given laidOut(String name, Tensor tensor) {
    Optional<OtherEpsilon> epsilon =
        naming.layout().epsilon().filter(other -> other.variances().matcher(name).find());
    if (epsilon.isPresent()) {
      double difference = epsilon.get().difference();
      return new Given(name, Matrices.plus(tensor, difference), Fate.ADJUSTED);
    }
    return KerasLayout.outputsFirst(name, tensor)
        .map(turned -> new Given(name, turned, Fate.TRANSPOSED))
        .orElse(Given.loaded(name, tensor));
  }

  /** All or none: a number tells its place only among as many as there should be. */
  private void takeNumbered(Map<String, Tensor> file) {
    List<String> ours = new ArrayList<>();
    List<String> layer = naming.numbered();
    for (int number = 0;
        !layer.isEmpty() && wanted.containsKey(at(layer.get(0), number));
        number++) {
      for (String name : layer) {
        ours.add(at(name, number));
      }
    }
    List<String> theirs =
        file.keySet().stream()
            .filter(name -> NUMBER.matcher(name).matches() && file.get(name).shape().size() == 2)
            .sorted(Comparator.comparingInt(RenamedWeights::number))
            .toList();
    if (ours.size() == theirs.size()) {
      for (int i = 0; i < ours.size(); i++) {
        Tensor matrix = file.remove(theirs.get(i));
        Given found = new Given(theirs.get(i), Matrices.transposed(matrix), Fate.TRANSPOSED);
        given.putIfAbsent(ours.get(i), found);
      }
    }
  }

  private static String at(String name, int layer) {
    return name.replace("{layer}", Integer.toString(layer));
  }

  private static int number(String name) {
    Matcher number = NUMBER.matcher(name);
    return number.matches() ? Integer.parseInt(number.group(1)) : -1;
  }

  /** Square matrices do not show how they lie, so one that is none tells it of all. */
  private void transpose() {
    List<String> matrices =
        given.keySet().stream()
            .filter(name -> wanted.containsKey(name) && naming.transposes(name))
            .filter(name -> given.get(name).tensor().shape().size() == 2)
            .toList();
    boolean othersOrder =
        matrices.stream()
            .anyMatch(
                name -> {
                  List<Long> shape = given.get(name).tensor().shape();
                  List<Long> turned = List.of(shape.get(1), shape.get(0));
                  return !shape.equals(turned) && turned.equals(wanted.get(name));
                });
    if (othersOrder) {
      matrices.forEach(
          name ->
              given.computeIfPresent(
                  name,
                  (key, found) -> found.as(Fate.TRANSPOSED, Matrices.transposed(found.tensor()))));
    }
  }

  private void join(Joining joining) {
    for (String name : wanted.keySet()) {
      if (name.contains(joining.whole()) && !given.containsKey(name)) {
        List<String> names =
            joining.parts().stream().map(part -> name.replace(joining.whole(), part)).toList();
        List<Given> parts = names.stream().map(given::get).filter(Objects::nonNull).toList();
        if (parts.size() == names.size() && Matrices.canBeJoined(tensors(parts))) {
          given.keySet().removeAll(names);
          String from = parts.stream().map(Given::from).collect(Collectors.joining(", "));
          given.put(name, new Given(from, Matrices.joined(tensors(parts)), Fate.JOINED));
        }
      }
    }
  }

  private static List<Tensor> tensors(List<Given> parts) {
    return parts.stream().map(Given::tensor).toList();
  }

  private void copy(String name, String from) {
    Given source = given.get(from);
    if (wanted.containsKey(name) && source != null) {
      given.putIfAbsent(name, source.as(Fate.COPIED, source.tensor()));
    }
  }
}
