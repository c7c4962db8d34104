package dev.dl.core.data.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers in disjoint groups, at first each alone (union-find). Used by one thread. */
final class Groups {
  private final int[] parents;

  Groups(int size) {
    this.parents = IntStream.range(0, size).toArray();
  }

  /** Makes the groups of two numbers one. */
  void join(int first, int second) {
    int one = root(first);
    int other = root(second);
    parents[Math.max(one, other)] = Math.min(one, other);
  }

  boolean together(int first, int second) {
    return root(first) == root(second);
  }

  /** The groups of two and more, by their smallest members; members in rising order. */
  List<int[]> ofSeveral() {
    int[] sizes = new int[parents.length];
    for (int i = 0; i < parents.length; i++) {
      sizes[root(i)]++;
    }
    int[][] groups = new int[parents.length][];
    List<int[]> several = new ArrayList<>();
    int[] filled = new int[parents.length];
    for (int i = 0; i < parents.length; i++) {
      int root = root(i);
      if (sizes[root] > 1) {
        if (root == i) {
          groups[i] = new int[sizes[i]];
          several.add(groups[i]);
        }
        groups[root][filled[root]++] = i;
      }
    }
    return several;
  }

  private int root(int number) {
    int root = number;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }
}
