package dev.dl.models.pretrained;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the weights of a family are called, and how they lie, in files of others.
 *
 * @param counted blocks that others number within each stage and we number through
 * @param renamings made in this order until the name is one that the network has
 * @param ignored what a file may hold beside weights of the network, after renaming
 * @param numbered weights of each layer whose matrices have ascending numbers for names in ONNX
 *     files, {@code [inputs, outputs]}; {@code {layer}} stands for the layer's number
 * @param layout how the weights lie
 * @param copied weights of ours that files may leave out, by what they are then copied from
 * @param heads layers, beside the network's last, whose weights files may leave out
 */
record Naming(
    Optional<BlockCount> counted,
    List<Renaming> renamings,
    List<Pattern> ignored,
    List<String> numbered,
    Layout layout,
    Map<String, String> copied,
    List<String> heads) {

  /**
   * How weights lie where that is in another way than ours.
   *
   * @param joinings weights of ours that others keep in parts
   * @param transposed weights of ours that others store as {@code [inputs, outputs]}
   * @param epsilon of normalizations, where others have another one
   */
  record Layout(
      List<Joining> joinings, Optional<Pattern> transposed, Optional<OtherEpsilon> epsilon) {
    static final Layout OURS = new Layout(List.of(), Optional.empty(), Optional.empty());

    Layout {
      joinings = List.copyOf(joinings);
    }
  }

  /**
   * One weight in parts, joined along its first axis.
   *
   * @param whole a part of the weight's name
   * @param parts what is in its place in the names of the parts, in order
   */
  record Joining(String whole, List<String> parts) {}

  /**
   * Variances to which normalizations of others add another epsilon. They take up the difference,
   * so that the sums are the same.
   *
   * @param variances by their names in the file
   * @param difference theirs less ours
   */
  record OtherEpsilon(Pattern variances, double difference) {}

  private static final Renaming WRAPPER =
      Renaming.of("^(_orig_mod|module|model|state_dict|model_state_dict)\\.", "");

  /** What Keras calls the weights of any layer. */
  private static final List<Renaming> KERAS =
      List.of(
          Renaming.of("/(depthwise_)?kernel(:\\d+)?$", ".weight"),
          Renaming.of("/gamma(:\\d+)?$", ".weight"),
          Renaming.of("/(bias|beta)(:\\d+)?$", ".bias"),
          Renaming.of("/moving_mean(:\\d+)?$", ".running_mean"),
          Renaming.of("/moving_variance(:\\d+)?$", ".running_var"));

  /** Wrappers of PyTorch, what it and converters to ONNX store beside weights, and Keras. */
  static final Naming PLAIN =
      new Naming(
          Optional.empty(),
          Stream.concat(Stream.of(WRAPPER, WRAPPER, WRAPPER), KERAS.stream()).toList(),
          List.of(
              Pattern.compile("\\.num_batches_tracked$"),
              Pattern.compile("^/.*Constant(_\\d+)?_output_\\d+$")),
          List.of(),
          Layout.OURS,
          Map.of(),
          List.of());

  Naming {
    renamings = List.copyOf(renamings);
    ignored = List.copyOf(ignored);
    numbered = List.copyOf(numbered);
    copied = Map.copyOf(copied);
    heads = List.copyOf(heads);
  }

  /** The plain one and these, given as pattern, replacement, pattern, replacement and so on. */
  static Naming renaming(String... patternsAndReplacements) {
    Stream.Builder<Renaming> more = Stream.builder();
    for (int i = 0; i < patternsAndReplacements.length; i += 2) {
      more.add(Renaming.of(patternsAndReplacements[i], patternsAndReplacements[i + 1]));
    }
    return new Naming(
        PLAIN.counted,
        Stream.concat(PLAIN.renamings.stream(), more.build()).toList(),
        PLAIN.ignored,
        PLAIN.numbered,
        PLAIN.layout,
        PLAIN.copied,
        PLAIN.heads);
  }

  Naming counting(BlockCount blocks) {
    return new Naming(Optional.of(blocks), renamings, ignored, numbered, layout, copied, heads);
  }

  Naming ignoring(String... patterns) {
    List<Pattern> all =
        Stream.concat(ignored.stream(), Stream.of(patterns).map(Pattern::compile)).toList();
    return new Naming(counted, renamings, all, numbered, layout, copied, heads);
  }

  Naming numbering(String... ofEachLayer) {
    return new Naming(counted, renamings, ignored, List.of(ofEachLayer), layout, copied, heads);
  }

  private Naming with(Layout other) {
    return new Naming(counted, renamings, ignored, numbered, other, copied, heads);
  }

  Naming joining(String whole, String... parts) {
    List<Joining> all = List.of(new Joining(whole, List.of(parts)));
    return with(new Layout(all, layout.transposed, layout.epsilon));
  }

  Naming transposing(String pattern) {
    Optional<Pattern> matrices = Optional.of(Pattern.compile(pattern));
    return with(new Layout(layout.joinings, matrices, layout.epsilon));
  }

  Naming withEpsilon(String variances, double theirs, double ours) {
    OtherEpsilon epsilon = new OtherEpsilon(Pattern.compile(variances), theirs - ours);
    return with(new Layout(layout.joinings, layout.transposed, Optional.of(epsilon)));
  }

  Naming copying(String weight, String from) {
    return new Naming(counted, renamings, ignored, numbered, layout, Map.of(weight, from), heads);
  }

  Naming withHeads(String... layers) {
    return new Naming(counted, renamings, ignored, numbered, layout, copied, List.of(layers));
  }

  boolean ignores(String name) {
    return ignored.stream().anyMatch(pattern -> pattern.matcher(name).find());
  }

  boolean transposes(String name) {
    return layout.transposed.isPresent() && layout.transposed.get().matcher(name).find();
  }
}
