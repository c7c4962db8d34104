package dev.dl.core.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden files are made by make_golden.py beside them. */
class SafeTensorsTest {
  private static final String ONE =
      "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  @TempDir private Path folder;

  @Test
  void readsTheGoldenFile() throws Exception {
    assertThat(SafeTensors.read(golden("float32.safetensors"))).isEqualTo(goldenTensors());
  }

  @Test
  void writesTheBytesOfTheGoldenFile() throws Exception {
    assertThat(written(goldenTensors(), Map.of("format", "pt")))
        .isEqualTo(Files.readAllBytes(golden("float32.safetensors")));
  }

  @Test
  void readsEveryElementType() throws Exception {
    Map<String, Tensor> tensors = SafeTensors.read(golden("types.safetensors"));

    assertThat(tensors.keySet())
        .containsExactly("f64", "i64", "f32", "i32", "f16", "bf16", "i16", "i8", "u8");
    assertThat(tensors.get("f64").values()).containsExactly(0.1f, -2f);
    assertThat(tensors.get("i64").values()).containsExactly(0x1p24f, -5f);
    assertThat(tensors.get("f32").values()).containsExactly(0.1f);
    assertThat(tensors.get("i32").values()).containsExactly(-7f);
    assertThat(tensors.get("f16").values())
        .containsExactly(1f, -0x1.554p-2f, 65504f, 0x1p-24f, Float.NEGATIVE_INFINITY);
    assertThat(tensors.get("bf16").values()).containsExactly(1f, -3.140625f);
    assertThat(tensors.get("i16").values()).containsExactly(-300f);
    assertThat(tensors.get("i8").values()).containsExactly(-128f, 127f);
    assertThat(tensors.get("u8").values()).containsExactly(0f, 255f);
  }

  @Test
  void readsBackLargeTensorsBitForBit() throws Exception {
    float[] values = new float[100_003];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    Map<String, Tensor> tensors = Map.of("large", new Tensor(List.of(100_003L), values));
    byte[] bytes = written(tensors, Map.of());
    Path file = Files.write(folder.resolve("large"), bytes);

    assertThat(written(SafeTensors.read(file), Map.of())).isEqualTo(bytes);
  }

  @Test
  void refusesWholeNumbersThatFloat32CannotHold() {
    byte[] data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(16777217).array();
    String header = "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}";

    assertRefused(file(header.getBytes(StandardCharsets.UTF_8), data), "16777217");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE, 100_000_001, 1_000})
  void refusesAHeaderLengthThatCannotBe(long length) {
    byte[] bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();

    assertRefused(bytes, Long.toUnsignedString(length));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '$',
      value = {
        "[]                                                              | no JSON object",
        "{                                                               | broken header",
        "{} {}                                                           | text after",
        "{ONE,ONE}                                                       | broken header",
        "{\"a\":3}                                                       | no JSON object",
        "{\"a\":{}}                                                      | without type or place",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}                   | broken header",
        "{\"__metadata__\":{\"a\":1},ONE}                                | not text",
        "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"},ONE}                  | broken header",
        "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}  | F8_E4M3",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}  | contradict",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}  | contradict",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}    | no pair",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | below 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}| no number",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}    | no list",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | neither gaps",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}  | 8 bytes of data",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} | 8 bytes of data",
        "{ONE,\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | neither gaps",
        "{ONE,\"b\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]}} | neither gaps",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}"
            + " | overflows",
        "{\"a\":{\"dtype\":\"I8\",\"shape\":[4294967296],\"data_offsets\":[0,4294967296]}}"
            + " | more than 2^31",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[18446744073709551617],\"data_offsets\":[0,8]}}"
            + " | over 2^63",
      })
  void refusesAHeaderThatLies(String header, String found) {
    String json = header.replace("ONE", ONE);

    assertRefused(file(json.getBytes(StandardCharsets.UTF_8), new byte[8]), found);
  }

  @Test
  void refusesAHeaderThatIsNotUtf8() {
    byte[] header =
        ("{" + ONE.replace("\"a\"", "\"\u00e4\"") + "}").getBytes(StandardCharsets.ISO_8859_1);

    assertRefused(file(header, new byte[8]), "not UTF-8");
  }

  @Test
  void refusesDeepNestingInsideAHeader() {
    String header = "{\"a\":{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}";

    assertRefused(file(header.getBytes(StandardCharsets.UTF_8), new byte[0]), "broken header");
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    byte[] bytes = Files.readAllBytes(golden("types.safetensors"));
    for (int length = 0; length < bytes.length; length++) {
      assertRefused(Arrays.copyOf(bytes, length), "");
    }
    assertRefused(Arrays.copyOf(bytes, bytes.length + 1), "bytes of data");
  }

  @Test
  void readsOrRefusesAnyDamagedFile() throws Exception {
    byte[] golden = Files.readAllBytes(golden("types.safetensors"));
    Random random = new Random(7);
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = golden.clone();
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        SafeTensors.read(Files.write(folder.resolve("damaged"), bytes));
      } catch (TensorFileException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 2_000);
  }

  private static Map<String, Tensor> goldenTensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("\u00e4", new Tensor(List.of(1L), new float[] {Float.POSITIVE_INFINITY}));
    tensors.put(
        "weight", new Tensor(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, Float.MIN_VALUE}));
    tensors.put("scalar", new Tensor(List.of(), new float[] {3}));
    tensors.put("empty", new Tensor(List.of(0L, 3L), new float[0]));
    tensors.put("bias", new Tensor(List.of(2L), new float[] {0.5f, -1.25f}));
    return tensors;
  }

  private static byte[] written(Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    SafeTensors.write(output, tensors, metadata);
    return output.toByteArray();
  }

  private static byte[] file(byte[] header, byte[] data) {
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }

  private void assertRefused(byte[] bytes, String found) {
    assertThatThrownBy(() -> SafeTensors.read(Files.write(folder.resolve("hostile"), bytes)))
        .isInstanceOf(TensorFileException.class)
        .hasMessageContaining(found)
        .hasMessageNotContaining("\n");
  }

  private static Path golden(String name) throws URISyntaxException {
    return Path.of(SafeTensorsTest.class.getResource(name).toURI());
  }
}
