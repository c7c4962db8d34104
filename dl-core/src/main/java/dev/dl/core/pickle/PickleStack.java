package dev.dl.core.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a pickle has built and not yet used, and what it remembers by number. */
final class PickleStack {
  private static final Object MARK = new Object();

  private final List<Object> values = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  void push(Object value) {
    values.add(value);
  }

  void mark() {
    values.add(MARK);
  }

  Object pop() throws PickleException {
    Object top = top();
    values.remove(values.size() - 1);
    return top;
  }

  Object top() throws PickleException {
    if (values.isEmpty() || values.get(values.size() - 1) == MARK) {
      throw new PickleException("an operation without its operand", "a whole pickle");
    }
    return values.get(values.size() - 1);
  }

  /** The last {@code count} values, which are taken away: a tuple. */
  List<Object> pop(int count) throws PickleException {
    List<Object> popped = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      popped.add(pop());
    }
    Collections.reverse(popped);
    return Collections.unmodifiableList(popped);
  }

  /** All values since the last mark, which are taken away with it: a tuple. */
  List<Object> popToMark() throws PickleException {
    int mark = values.lastIndexOf(MARK);
    if (mark < 0) {
      throw new PickleException("an operation without its mark", "a whole pickle");
    }
    List<Object> since = values.subList(mark + 1, values.size());
    List<Object> popped = Collections.unmodifiableList(new ArrayList<>(since));
    values.subList(mark, values.size()).clear();
    return popped;
  }

  void remember(int number) throws PickleException {
    memo.put(number, top());
  }

  void rememberNext() throws PickleException {
    remember(memo.size());
  }

  void recall(int number) throws PickleException {
    if (!memo.containsKey(number)) {
      throw new PickleException("a reference to nothing", "a whole pickle");
    }
    push(memo.get(number));
  }
}
