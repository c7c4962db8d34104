package dev.dl.models.pretrained;

import dev.dl.core.tensorfile.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The float32 initializers of one trusted ONNX file, for a test. */
final class OnnxWeights {
  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int DIMENSIONS = 1;
  private static final int TYPE = 2;
  private static final int NAME = 8;
  private static final int RAW = 9;

  private OnnxWeights() {}

  static Map<String, Tensor> of(byte[] model) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    fields(
        ByteBuffer.wrap(model),
        (field, graph) -> {
          if (field == GRAPH) {
            fields((ByteBuffer) graph, (inner, value) -> add(inner, value, tensors));
          }
        });
    return tensors;
  }

  private static void add(int field, Object value, Map<String, Tensor> tensors) {
    if (field != INITIALIZER) {
      return;
    }
    List<Long> shape = new ArrayList<>();
    Object[] read = new Object[RAW + 1];
    fields(
        (ByteBuffer) value,
        (inner, content) -> {
          if (inner == DIMENSIONS) {
            shape.add((Long) content);
          } else if (inner < read.length) {
            read[inner] = content;
          }
        });
    if (Long.valueOf(1).equals(read[TYPE])) {
      ByteBuffer raw = (ByteBuffer) read[RAW];
      float[] values = new float[raw.remaining() / Float.BYTES];
      raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      String name = StandardCharsets.UTF_8.decode((ByteBuffer) read[NAME]).toString();
      tensors.put(name, new Tensor(shape, values));
    }
  }

  /** Fields of a message: numbers as {@code Long}, everything else as {@code ByteBuffer}. */
  private static void fields(ByteBuffer message, BiConsumer<Integer, Object> use) {
    while (message.hasRemaining()) {
      long key = number(message);
      int length =
          switch ((int) (key & 7)) {
            case 0 -> 0;
            case 1 -> Long.BYTES;
            case 2 -> (int) number(message);
            default -> Integer.BYTES;
          };
      if ((key & 7) == 0) {
        use.accept((int) (key >> 3), number(message));
      } else {
        use.accept((int) (key >> 3), message.slice(message.position(), length));
        message.position(message.position() + length);
      }
    }
  }

  private static long number(ByteBuffer message) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = message.get();
      number |= (next & 127L) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}
