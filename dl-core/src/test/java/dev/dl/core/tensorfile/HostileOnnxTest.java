package dev.dl.core.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models byte by byte, as no library writes them. */
class HostileOnnxTest {
  private static final byte[] IR_VERSION = number(1, 7);
  private static final byte[] OPERATOR_SETS = bytes(8, number(2, 11));
  private static final byte[] FLOAT = number(2, 1);
  private static final byte[] LONG = number(2, 7);
  private static final byte[] NAME = bytes(8, text("w"));

  @TempDir private Path folder;

  @Test
  void readsNumbersThatAreNotPackedOrInSeveralParts() throws Exception {
    byte[] one = fixed(4, 1.5f);
    byte[] two = bytes(4, floats(-2, 3));
    byte[] many = number(7, -1);

    Map<String, Tensor> tensors =
        read(
            model(
                bytes(5, number(1, 3), FLOAT, NAME, one, two),
                bytes(5, bytes(1, varint(1), varint(2)), LONG, many, bytes(7, varint(300)))));

    assertThat(tensors.get("w")).isEqualTo(new Tensor(List.of(3L), new float[] {1.5f, -2, 3}));
    assertThat(tensors.get("")).isEqualTo(new Tensor(List.of(1L, 2L), new float[] {-1, 300}));
  }

  @Test
  void passesOverUnknownFieldsAndWhatIsInsideOfNodes() throws Exception {
    byte[] deep = {};
    for (int depth = 0; depth < 5_000; depth++) {
      deep = bytes(6, deep); // graphs in attributes of nodes in graphs ...
    }
    byte[] unknown = join(number(900, 1), fixed(901, 2), bytes(902, new byte[50]));

    Map<String, Tensor> tensors =
        read(
            model(
                unknown,
                bytes(1, bytes(5, bytes(1, text("body")), deep)),
                bytes(5, unknown, FLOAT, NAME, bytes(9, floats(1)))));

    assertThat(tensors).isEqualTo(Map.of("w", new Tensor(List.of(), new float[] {1})));
  }

  static Stream<Arguments> hostile() {
    byte[] weight = bytes(5, number(1, 2), FLOAT, NAME, bytes(9, floats(1, 2)));
    return Stream.of(
        Arguments.of("two graphs", join(model(weight), bytes(7, weight))),
        Arguments.of("without a graph", join(IR_VERSION, OPERATOR_SETS)),
        Arguments.of("without a graph or operator sets", join(IR_VERSION, bytes(7, weight))),
        Arguments.of("wire type 3", join(IR_VERSION, varint(7 << 3 | 3), OPERATOR_SETS)),
        Arguments.of("without a number", join(IR_VERSION, varint(0), OPERATOR_SETS)),
        Arguments.of("field of 9223372036854775807", join(IR_VERSION, tooLong(Long.MAX_VALUE))),
        Arguments.of("field of 18446744073709551615", join(IR_VERSION, tooLong(-1))),
        Arguments.of("field of 100", join(IR_VERSION, tooLong(100))),
        Arguments.of(
            "ten bytes",
            join(new byte[] {8}, "\u00ff".repeat(11).getBytes(StandardCharsets.ISO_8859_1))),
        Arguments.of("cut off", new byte[] {8, -1}),
        Arguments.of("another kind of the field 7", join(IR_VERSION, number(7, 1))),
        Arguments.of("two forms", tensor(number(1, 2), FLOAT, fixed(4, 1), bytes(9, floats(1)))),
        Arguments.of("another kind of the field 4", tensor(number(1, 1), FLOAT, number(4, 1))),
        Arguments.of("a number that is cut off", tensor(FLOAT, bytes(4, new byte[5]))),
        Arguments.of("16 bytes of numbers", tensor(FLOAT, bytes(7, new byte[16]))),
        Arguments.of("2 numbers", tensor(number(1, 3), LONG, bytes(7, varint(300), varint(1)))),
        Arguments.of("more numbers", tensor(number(1, 1), LONG, bytes(7, varint(1), varint(1)))),
        Arguments.of("a segment", tensor(FLOAT, bytes(3, number(1, 0)))),
        Arguments.of("numbers in another file", tensor(FLOAT, number(14, 1))),
        Arguments.of("element type 0 ", tensor(bytes(9, floats(1)))),
        Arguments.of("element type -1 ", tensor(number(2, -1))),
        Arguments.of("more axes", tensor(bytes(1, new byte[65]))),
        Arguments.of("0 bytes of numbers", tensor(number(1, 1L << 30), FLOAT)));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refuses(String found, byte[] model) {
    assertThatThrownBy(() -> read(model))
        .isInstanceOf(TensorFileException.class)
        .hasMessageContaining(found)
        .hasMessageNotContaining("\n");
  }

  @Test
  void quotesNamesInOneShortLine() {
    byte[] name = bytes(8, text("\n\u001b" + "x".repeat(100_000)));

    assertThatThrownBy(() -> read(model(bytes(5, name, FLOAT, number(1, 9)))))
        .isInstanceOf(TensorFileException.class)
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining("\u001b")
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(1_000));
  }

  private Map<String, Tensor> read(byte[] model) throws IOException {
    return WeightFile.read(Files.write(folder.resolve("model.onnx"), model));
  }

  private static byte[] tensor(byte[]... fields) {
    return model(bytes(5, join(fields)));
  }

  private static byte[] model(byte[]... graph) {
    return join(IR_VERSION, bytes(7, graph), OPERATOR_SETS);
  }

  private static byte[] tooLong(long length) {
    return join(varint(7 << 3 | 2), varint(length), new byte[20]);
  }

  private static byte[] number(int field, long value) {
    return join(varint(field << 3), varint(value));
  }

  private static byte[] fixed(int field, float value) {
    return join(varint(field << 3 | 5), floats(value));
  }

  private static byte[] bytes(int field, byte[]... content) {
    byte[] joined = join(content);
    return join(varint(field << 3 | 2), varint(joined.length), joined);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long rest = value;
    while (rest < 0 || rest > 0x7f) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
