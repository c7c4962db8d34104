package dev.dl.core.pickle;

import java.util.List;

/** What the names in a pickle stand for: all that it can reach outside of itself. */
public interface Names {

  /** Something that a pickle may call. */
  @FunctionalInterface
  interface Callee {
    /** The value for the given arguments, which may be anything. */
    Object call(List<?> arguments) throws PickleException;
  }

  /**
   * What a global name such as {@code collections.OrderedDict} stands for: a value, or a {@link
   * Callee}.
   *
   * @throws PickleException if it is none that is known
   */
  Object global(String name) throws PickleException;

  /**
   * What a persistent id stands for: something that is kept beside the pickle.
   *
   * @throws PickleException if it is none that is known
   */
  Object persistent(Object id) throws PickleException;
}
