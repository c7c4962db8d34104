package dev.dl.core.data.text;

import dev.dl.core.config.Default;
import java.util.Arrays;

/**
 * Which tokens texts lose that are too long together, as Hugging Face's tokenizers do it.
 *
 * @param strategy which text of a pair is cut
 * @param side of a text that is cut off
 */
public record Truncation(@Default("longest-first") Strategy strategy, @Default("right") Side side) {
  /** The longer text, at its end. */
  public static final Truncation USUAL = new Truncation(Strategy.LONGEST_FIRST, Side.RIGHT);

  /** Which text of a pair is cut. Where cutting one to nothing is not enough, so is the other. */
  public enum Strategy {
    /** The longer one, until both are as long. */
    LONGEST_FIRST,
    ONLY_FIRST,
    ONLY_SECOND
  }

  /** The end of a text that is cut off. */
  public enum Side {
    LEFT,
    RIGHT
  }

  /**
   * How many tokens of the first text of a pair are kept; the second keeps the others that there is
   * room for.
   *
   * @param room for tokens of both
   */
  int keptOfFirst(int first, int second, int room) {
    if (first + second <= room) {
      return first;
    }
    return switch (strategy) {
      case LONGEST_FIRST -> first > second ? room - lesser(second, room) : lesser(first, room);
      case ONLY_FIRST -> Math.max(0, room - second);
      case ONLY_SECOND -> Math.min(first, room);
    };
  }

  /** Of two texts that are too long together, what the shorter one keeps. */
  private static int lesser(int shorter, int room) {
    return Math.min(shorter, room / 2);
  }

  /** As many tokens of a text as are kept. */
  int[] cut(int[] ids, int kept) {
    if (ids.length <= kept) {
      return ids;
    }
    return side == Side.LEFT
        ? Arrays.copyOfRange(ids, ids.length - kept, ids.length)
        : Arrays.copyOf(ids, kept);
  }
}
