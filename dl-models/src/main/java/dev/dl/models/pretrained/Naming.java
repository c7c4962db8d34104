package dev.dl.models.pretrained;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the weights of a family are called, and how they lie, in files of others.
 *
 * @param renamings made in this order until the name is one that the network has
 * @param ignored what a file may hold beside weights of the network, after renaming
 * @param joinings weights of ours that others keep in parts
 * @param numbered weights of each layer whose matrices have ascending numbers for names in ONNX
 *     files, {@code [inputs, outputs]}; {@code {layer}} stands for the layer's number
 * @param transposed weights of ours that others store as {@code [inputs, outputs]}
 * @param copied weights of ours that files may leave out, by what they are then copied from
 * @param heads layers, beside the network's last, whose weights files may leave out
 */
record Naming(
    List<Renaming> renamings,
    List<Pattern> ignored,
    List<Joining> joinings,
    List<String> numbered,
    Optional<Pattern> transposed,
    Map<String, String> copied,
    List<String> heads) {

  /**
   * One weight in parts, joined along its first axis.
   *
   * @param whole a part of the weight's name
   * @param parts what is in its place in the names of the parts, in order
   */
  record Joining(String whole, List<String> parts) {}

  private static final Renaming WRAPPER =
      Renaming.of("^(_orig_mod|module|model|state_dict|model_state_dict)\\.", "");

  /** Wrappers of PyTorch, and what it and converters to ONNX store beside weights. */
  static final Naming PLAIN =
      new Naming(
          List.of(WRAPPER, WRAPPER, WRAPPER),
          List.of(
              Pattern.compile("\\.num_batches_tracked$"),
              Pattern.compile("^/.*Constant(_\\d+)?_output_\\d+$")),
          List.of(),
          List.of(),
          Optional.empty(),
          Map.of(),
          List.of());

  Naming {
    renamings = List.copyOf(renamings);
    ignored = List.copyOf(ignored);
    joinings = List.copyOf(joinings);
    numbered = List.copyOf(numbered);
    heads = List.copyOf(heads);
    copied = Map.copyOf(copied);
  }

  /** The plain one and these, given as pattern, replacement, pattern, replacement and so on. */
  static Naming renaming(String... patternsAndReplacements) {
    Stream.Builder<Renaming> more = Stream.builder();
    for (int i = 0; i < patternsAndReplacements.length; i += 2) {
      more.add(Renaming.of(patternsAndReplacements[i], patternsAndReplacements[i + 1]));
    }
    return new Naming(
        Stream.concat(PLAIN.renamings.stream(), more.build()).toList(),
        PLAIN.ignored,
        PLAIN.joinings,
        PLAIN.numbered,
        PLAIN.transposed,
        PLAIN.copied,
        PLAIN.heads);
  }

  Naming ignoring(String... patterns) {
    List<Pattern> all =
        Stream.concat(ignored.stream(), Stream.of(patterns).map(Pattern::compile)).toList();
    return new Naming(renamings, all, joinings, numbered, transposed, copied, heads);
  }

  Naming joining(String whole, String... parts) {
    List<Joining> all = List.of(new Joining(whole, List.of(parts)));
    return new Naming(renamings, ignored, all, numbered, transposed, copied, heads);
  }

  Naming numbering(String... ofEachLayer) {
    return new Naming(
        renamings, ignored, joinings, List.of(ofEachLayer), transposed, copied, heads);
  }

  Naming transposing(String pattern) {
    Optional<Pattern> matrices = Optional.of(Pattern.compile(pattern));
    return new Naming(renamings, ignored, joinings, numbered, matrices, copied, heads);
  }

  Naming copying(String weight, String from) {
    return new Naming(
        renamings, ignored, joinings, numbered, transposed, Map.of(weight, from), heads);
  }

  Naming withHeads(String... layers) {
    return new Naming(renamings, ignored, joinings, numbered, transposed, copied, List.of(layers));
  }

  boolean ignores(String name) {
    return ignored.stream().anyMatch(pattern -> pattern.matcher(name).find());
  }

  boolean transposes(String name) {
    return transposed.isPresent() && transposed.get().matcher(name).find();
  }
}
