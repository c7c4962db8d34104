package dev.dl.core.pickle;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle of protocol 2 to 5 (https://docs.python.org/3/library/pickletools.html), as far as
 * it builds plain values: None as {@code null}, truth values, whole numbers ({@code Long}, or
 * {@code BigInteger} beyond), floats as {@code Double}, texts, bytes, lists, tuples as lists that
 * do not change, dictionaries as {@code Map}. Whatever else it asks for is refused.
 */
public final class Unpickler {
  /** Bounds the memory: an operation builds one small object at most. */
  private static final int MOST_OPERATIONS = 2_000_000;

  private static final int LONGEST_NAME = 1_000;

  private final ByteBuffer bytes;
  private final Names names;
  private final PickleStack stack = new PickleStack();

  private Unpickler(ByteBuffer bytes, Names names) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.names = names;
  }

  /**
   * The value of the pickle that begins at the buffer's position, which is moved behind it.
   *
   * @throws PickleException if it is damaged, too long, or asks for what is refused
   */
  public static Object read(ByteBuffer bytes, Names names) throws PickleException {
    try {
      return new Unpickler(bytes, names).read();
    } catch (BufferUnderflowException e) {
      throw new PickleException("a pickle without its end", "a whole one");
    }
  }

  private Object read() throws PickleException {
    for (int operations = 0; operations < MOST_OPERATIONS; operations++) {
      int operation = unsignedByte();
      if (operation == '.') {
        return stack.pop();
      }
      if (!pushesValue(operation) && !changesStack(operation) && !reachesOut(operation)) {
        throw new PickleException(
            String.format("the pickle operation 0x%02x", operation), "those of plain values");
      }
    }
    throw new PickleException("a longer pickle", "at most " + MOST_OPERATIONS + " operations");
  }

  /** Numbers, texts and empty collections. */
  private boolean pushesValue(int operation) throws PickleException {
    switch (operation) {
      case 'N' -> stack.push(null);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'J' -> stack.push((long) bytes.getInt());
      case 'K' -> stack.push((long) unsignedByte());
      case 'M' -> stack.push((long) (bytes.getShort() & 0xffff));
      case 0x8a -> stack.push(wholeNumber(bytes(unsignedByte())));
      case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(bytes.getLong())));
      case 'X' -> stack.push(text(bytes.getInt()));
      case 0x8c -> stack.push(text(unsignedByte()));
      case 0x8d -> stack.push(text(bytes.getLong()));
      case 'T' -> stack.push(text(bytes.getInt()));
      case 'U' -> stack.push(text(unsignedByte()));
      case 'B' -> stack.push(bytes(bytes.getInt()));
      case 'C' -> stack.push(bytes(unsignedByte()));
      case ']' -> stack.push(new ArrayList<>());
      case '}' -> stack.push(new LinkedHashMap<>());
      case ')' -> stack.push(List.of());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Collections of what was pushed, and references. */
  private boolean changesStack(int operation) throws PickleException {
    switch (operation) {
      case 0x80 -> bytes.get(); // the protocol: operations say enough
      case 0x95 -> bytes.getLong(); // a frame: for those who read ahead
      case '(' -> stack.mark();
      case '0' -> stack.pop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case 0x85 -> stack.push(stack.pop(1));
      case 0x86 -> stack.push(stack.pop(2));
      case 0x87 -> stack.push(stack.pop(3));
      case 't' -> stack.push(stack.popToMark());
      case 'l' -> stack.push(new ArrayList<>(stack.popToMark()));
      case 'd' -> stack.push(putAll(new LinkedHashMap<>(), stack.popToMark()));
      case 'a' -> append(stack.pop(1));
      case 'e' -> append(stack.popToMark());
      case 's' -> put(stack.pop(2));
      case 'u' -> put(stack.popToMark());
      case 'q' -> stack.remember(unsignedByte());
      case 'r' -> stack.remember(bytes.getInt());
      case 0x94 -> stack.rememberNext();
      case 'h' -> stack.recall(unsignedByte());
      case 'j' -> stack.recall(bytes.getInt());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What leads out of the pickle, and so through {@link Names}. */
  private boolean reachesOut(int operation) throws PickleException {
    switch (operation) {
      case 'c' -> stack.push(names.global(line() + "." + line()));
      case 0x93 -> {
        List<Object> name = stack.pop(2);
        if (!(name.get(0) instanceof String module) || !(name.get(1) instanceof String member)) {
          throw new PickleException("a name that is no text", "a whole pickle");
        }
        stack.push(names.global(module + "." + member));
      }
      case 'Q' -> stack.push(names.persistent(stack.pop()));
      case 'R' -> {
        List<Object> call = stack.pop(2);
        if (!(call.get(0) instanceof Names.Callee callee)
            || !(call.get(1) instanceof List<?> arguments)) {
          throw new PickleException("a call of what is no function", "a whole pickle");
        }
        stack.push(callee.call(arguments));
      }
      case 'b' -> {
        // Attributes of a dictionary, such as the versions of PyTorch's modules, are of no use.
        stack.pop();
        requireMap(stack.top());
      }
      case 'i' -> {
        names.global(line() + "." + line());
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked") // the lists that change are those made here
  private void append(List<Object> values) throws PickleException {
    if (!(stack.top() instanceof ArrayList<?> list)) {
      throw new PickleException("values for what is no list", "a whole pickle");
    }
    ((ArrayList<Object>) list).addAll(values);
  }

  @SuppressWarnings("unchecked") // as are the maps, and those of callees
  private void put(List<Object> keysAndValues) throws PickleException {
    putAll((Map<Object, Object>) requireMap(stack.top()), keysAndValues);
  }

  private static Map<?, ?> requireMap(Object value) throws PickleException {
    if (value instanceof LinkedHashMap<?, ?> map) {
      return map;
    }
    throw new PickleException("entries for what is no dictionary", "a whole pickle");
  }

  private static Map<Object, Object> putAll(Map<Object, Object> map, List<Object> keysAndValues)
      throws PickleException {
    for (int i = 0; i + 1 < keysAndValues.size(); i += 2) {
      Object key = keysAndValues.get(i);
      if (!(key instanceof String || key instanceof Long || key instanceof Boolean)) {
        throw new PickleException(
            "a key that is neither text nor number", "dictionaries by text or number");
      }
      map.put(key, keysAndValues.get(i + 1));
    }
    return map;
  }

  private int unsignedByte() {
    return bytes.get() & 0xff;
  }

  private byte[] bytes(long length) throws PickleException {
    if (length < 0 || length > bytes.remaining()) {
      throw new PickleException("a text of " + length + " bytes", "one inside the pickle");
    }
    byte[] content = new byte[(int) length];
    bytes.get(content);
    return content;
  }

  private String text(long length) throws PickleException {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  private static Number wholeNumber(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length + 1];
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[littleEndian.length - i] = littleEndian[i];
    }
    boolean negative = littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0;
    bigEndian[0] = (byte) (negative ? -1 : 0);
    BigInteger number = new BigInteger(bigEndian);
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }

  private String line() throws PickleException {
    int start = bytes.position();
    for (int length = 0; length < LONGEST_NAME; length++) {
      if (bytes.get() == '\n') {
        return new String(
            bytes.array(), bytes.arrayOffset() + start, length, StandardCharsets.UTF_8);
      }
    }
    throw new PickleException("a longer name", "one of at most " + LONGEST_NAME + " bytes");
  }
}
