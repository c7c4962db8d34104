package dev.dl.models.pretrained;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blocks that others number within each stage, {@code blocks.1.0}, and we number through, {@code
 * features.2}.
 *
 * @param block begins names of the file, with stage and block as its two groups
 * @param ours what the number of the block is put behind
 */
record BlockCount(Pattern block, String ours) {

  /** The names with the blocks counted from 1; names without blocks are left out. */
  Map<String, String> names(Collection<String> file) {
    Map<String, List<Integer>> places = new HashMap<>();
    for (String name : file) {
      Matcher found = block.matcher(name);
      if (found.find()) {
        places.put(name, place(found.toMatchResult()));
      }
    }
    List<List<Integer>> order = new ArrayList<>(places.values().stream().distinct().toList());
    order.sort(
        Comparator.<List<Integer>>comparingInt(at -> at.get(0)).thenComparing(at -> at.get(1)));
    Map<String, String> names = new HashMap<>();
    places.forEach(
        (name, place) ->
            names.put(
                name,
                block
                    .matcher(name)
                    .replaceFirst(Matcher.quoteReplacement(ours + (order.indexOf(place) + 1)))));
    return names;
  }

  private static List<Integer> place(MatchResult found) {
    return List.of(Integer.valueOf(found.group(1)), Integer.valueOf(found.group(2)));
  }
}
