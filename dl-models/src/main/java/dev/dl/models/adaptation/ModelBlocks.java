package dev.dl.models.adaptation;

import dev.dl.models.graph.Graph;
import dev.dl.models.graph.Node;
import dev.dl.models.layer.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks that a model is a stack of, from the input to the output, by the public names of their
 * parameters. What comes before the first numbered block, such as embeddings, is one block, and so
 * is what comes after the last, the head.
 *
 * @param names of the parameters of each block
 */
public record ModelBlocks(List<List<String>> names) {

  /**
   * What is taken for the name of a block, the first that any layer of a model has: what ends in a
   * number of its own ({@code encoder.layer.0}, {@code layer1.0}, {@code stages.2.blocks.1}), or in
   * a digit ({@code denseblock1}), or each layer by itself.
   */
  private static final List<Pattern> NUMBERED =
      List.of(
          Pattern.compile("(?:[^.]+\\.)*?\\d+(?:\\.\\d+)*(?:\\.blocks\\.\\d+)?(?=\\.|$)"),
          Pattern.compile("(?:[^.]+\\.)*?[^.]*\\d(?=\\.|$)"),
          Pattern.compile(".+"));

  /** Names that no numbered block has. */
  private static final String STEM = "";

  private static final String HEAD = ".";

  public ModelBlocks {
    names = names.stream().map(List::copyOf).toList();
  }

  /** The blocks of a graph. */
  public static ModelBlocks of(Graph graph) {
    List<Node> layers =
        graph.nodes().stream().filter(node -> !node.parameters().isEmpty()).toList();
    Pattern numbered =
        NUMBERED.stream()
            .filter(pattern -> layers.stream().anyMatch(layer -> !block(pattern, layer).isEmpty()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a graph without parameters"));
    int last = layers.size() - 1;
    while (block(numbered, layers.get(last)).isEmpty()) {
      last--;
    }
    Map<String, List<Node>> blocks = new LinkedHashMap<>();
    String current = STEM;
    for (int i = 0; i < layers.size(); i++) {
      String name = block(numbered, layers.get(i));
      current = i > last ? HEAD : name.isEmpty() ? current : name;
      blocks.computeIfAbsent(current, block -> new ArrayList<>()).add(layers.get(i));
    }
    return new ModelBlocks(joined(blocks.values()));
  }

  /** How many there are. */
  public int count() {
    return names.size();
  }

  private static String block(Pattern numbered, Node layer) {
    Matcher matcher = numbered.matcher(layer.name());
    return matcher.lookingAt() ? matcher.group() : "";
  }

  /** A normalization with a number of its own belongs to the layer that it follows. */
  private static List<List<String>> joined(Collection<List<Node>> blocks) {
    List<List<String>> joined = new ArrayList<>();
    for (List<Node> block : blocks) {
      boolean weighs =
          block.stream().flatMap(layer -> layer.parameters().stream()).anyMatch(Parameter::decayed);
      if (joined.isEmpty() || weighs) {
        joined.add(new ArrayList<>());
      }
      for (Node layer : block) {
        for (Parameter parameter : layer.parameters()) {
          joined.get(joined.size() - 1).add(parameter.publicName(layer.name()));
        }
      }
    }
    return joined;
  }
}
