package dev.dl.core.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpicklerTest {
  /** One class, one function, and no persistent ids. */
  private static final Names NAMES =
      new Names() {
        @Override
        public Object global(String name) throws PickleException {
          return switch (name) {
            case "math.sum" -> (Callee) arguments -> "sum of " + arguments;
            case "math.pi" -> Math.PI;
            default -> throw new PickleException("the name " + name, "math.sum or math.pi");
          };
        }

        @Override
        public Object persistent(Object id) {
          return "kept " + id;
        }
      };

  @Test
  void readsPlainValues() throws Exception {
    // pickle.dumps({"a": [1, -2, 300, 70000, 2**40, 2**70], "b": (None, True, 0.5), 3: ()}, p)
    String protocol2 =
        "80027d71002858010000006171015d7102284b014afeffffff4d2c014a701101008a06000000000001"
            + "8a090000000000000000406558010000006271034e88473fe00000000000008771044b0329752e";
    Object value = read(hex(protocol2));

    assertThat(value)
        .isEqualTo(
            Map.of(
                "a",
                List.of(1L, -2L, 300L, 70000L, 1L << 40, BigInteger.TWO.pow(70)),
                "b",
                Arrays.asList(null, true, 0.5),
                3L,
                List.of()));
  }

  @Test
  void readsFramesAndMemosOfProtocol4() throws Exception {
    // pickle.dumps(["x", "x"], 4), the text being one object
    assertThat(read(hex("8004950b000000000000005d94288c0178946801652e")))
        .isEqualTo(List.of("x", "x"));
  }

  @Test
  void callsAndKeepsOnlyByNames() throws Exception {
    assertThat(read("cmath\nsum\n(K\u0001K\u0002tR.")).isEqualTo("sum of [1, 2]");
    assertThat(read("cmath\npi\n.")).isEqualTo(Math.PI);
    assertThat(read("U\u0003keyQ.")).isEqualTo("kept key");
  }

  @Test
  void stopsWhereThePickleEnds() throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap("K\u0001.rest".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(Unpickler.read(bytes, NAMES)).isEqualTo(1L);
    assertThat(bytes.remaining()).isEqualTo(4);
  }

  /** Bytes beyond printing are written as {@code <hex>}, ends of lines as {@code ~}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cposix~system~(U<04>exittR.            | posix.system",
        "cbuiltins~eval~.                          | builtins.eval",
        "U<05>posixU<06>system<93>.             | posix.system",
        "(U<02>idiposix~system~.                 | posix.system",
        "(imath~pi~.                              | operation 0x69",
        "cmath~sum~)<81>.                       | operation 0x81",
        "cmath~pi~)R.                             | no function",
        "cmath~sum~K<01>R.                      | no function",
        "Pid~.                                     | operation 0x50",
        "I1~.                                      | operation 0x49",
        "cmath~sum~}b.                             | no dictionary",
        "K<01>K<02>a.                            | no list",
        ")K<02>a.                                 | no list",
        "}]K<02>s.                                | neither text nor number",
        "]K<01><93>.                            | no text",
        ".                                           | without its operand",
        "(.                                          | without its operand",
        "K<01>t.                                   | without its mark",
        "h<05>.                                    | reference to nothing",
        "X<ff><ff><ff><7f>.                | 2147483647 bytes",
        "X<ff><ff><ff><ff>.                | -1 bytes",
        "<8d><ff><ff><ff><ff><ff><ff><ff><7f>. | bytes, expected",
        "K<01>                                     | without its end",
        "<8a><ff>.                               | bytes, expected",
      })
  void refusesWhatIsNotPlain(String pickle, String found) {
    String characters =
        Pattern.compile("<(..)>")
            .matcher(pickle.replace('~', '\n'))
            .replaceAll(code -> "" + (char) Integer.parseInt(code.group(1), 16));

    assertThatThrownBy(() -> read(characters))
        .isInstanceOf(PickleException.class)
        .hasMessageContaining(found);
  }

  @Test
  void refusesNamesAndPicklesWithoutEnd() {
    assertThatThrownBy(() -> read("c" + "x".repeat(100_000)))
        .isInstanceOf(PickleException.class)
        .hasMessageContaining("longer name");
    assertThatThrownBy(() -> read("]".repeat(3_000_000) + "."))
        .isInstanceOf(PickleException.class)
        .hasMessageContaining("longer pickle");
  }

  @Test
  void depthNeedsNoStack() throws Exception {
    int depth = 500_000;

    Object value = read("]" + "]".repeat(depth) + "a".repeat(depth) + ".");

    assertThat(value).isInstanceOf(List.class);
  }

  @Test
  void aListMayHoldItself() throws Exception {
    assertThat((List<?>) read("]q\u0000h\u0000a.")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsOrRefusesAnyOperations(long seed) {
    Random random = new Random(seed);
    byte[] known =
        "NJKMGXTUBC]})(012tldaesuqrhjcRbQi.\u0080\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u0093\u0094"
            .getBytes(StandardCharsets.ISO_8859_1);
    List<Throwable> others = new ArrayList<>();
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(60)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            random.nextInt(5) == 0 ? (byte) random.nextInt(4) : known[random.nextInt(known.length)];
      }
      try {
        Unpickler.read(ByteBuffer.wrap(bytes), NAMES);
      } catch (PickleException e) {
        assertThat(e.found()).isNotEmpty();
      } catch (RuntimeException e) {
        others.add(e);
      }
    }
    assertThat(others).isEmpty();
  }

  private static Object read(String characters) throws PickleException {
    return read(characters.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Object read(byte[] bytes) throws PickleException {
    return Unpickler.read(ByteBuffer.wrap(bytes), NAMES);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
