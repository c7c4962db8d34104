package dev.dl.core.tensorfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that {@code torch.save} does not write. */
class HostilePyTorchTest {
  /** {@code {"w": tensor}}, of which each test says the storage's count, and the views. */
  private static final String STORAGE = "((X<7>storagectorch~FloatStorage~X<1>0X<3>cpu%stQ";

  private static final byte[] FOUR_NUMBERS = new byte[16];

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "K<4> | K<0> | K<2>K<2>          | K<2>K<1>  | ok",
        "K<5> | K<0> | K<2>K<2>          | K<2>K<1>  | got 16 bytes, expected 5 numbers",
        "J<-> | K<0> | K<2>K<2>          | K<2>K<1>  | two kinds of the storage 0",
        "K<4> | K<1> | K<2>K<2>          | K<2>K<1>  | from number 1 of 4",
        "K<4> | J<-> | K<2>K<2>          | K<2>K<1>  | from number -1 of 4",
        "K<4> | J<M> | K<2>K<2>          | K<2>K<1>  | from number 2147483647 of 4",
        "K<4> | K<0> | K<2>              | K<2>K<1>  | 1 sizes and 2 strides",
        "K<4> | K<0> | J<->K<2>          | K<2>K<1>  | a tensor [-1, 2]",
        "K<4> | K<0> | J<M>J<M>          | K<2>K<1>  | a tensor [2147483647, 2147483647]",
        "K<4> | K<0> | J<M>              | K<0>      | with the strides [0]",
        "K<4> | K<0> | K<2>K<2>          | J<->K<1>  | with the strides [-1, 1]",
        "K<4> | K<0> | K<2>K<2>          | J<M>K<1>  | with the strides [2147483647, 1]",
        "K<4> | K<0> | K<2>NK<2>         | K<2>K<1>  | no list of numbers",
        "K<4> | N    | K<2>K<2>          | K<2>K<1>  | a tensor without its storage",
      })
  void refusesViewsOutsideOfTheirStorage(
      String count, String offset, String sizes, String strides, String found) throws Exception {
    String tensor =
        "X<1>wctorch._utils~_rebuild_tensor_v2~("
            + STORAGE.substring(1).formatted(count)
            + "%s(%st(%st<89>}tR".formatted(offset, sizes, strides);
    Path file = archive(zip -> add(zip, "m/data.pkl", pickle("}(" + tensor + "u.")));

    if (found.equals("ok")) {
      assertThat(WeightFile.read(file).get("w").shape()).containsExactly(2L, 2L);
    } else {
      assertRefused(file, found);
    }
  }

  @Test
  void refusesTensorsThatTogetherAreFarLongerThanTheFile() throws Exception {
    StringBuilder tensors = new StringBuilder("}(");
    for (int i = 0; i < 1000; i++) {
      tensors
          .append("M<%02x><%02x>".formatted(i & 0xff, i >> 8))
          .append("0X<3>%03d".formatted(i))
          .append("ctorch._utils~_rebuild_tensor_v2~(");
      tensors.append(i == 0 ? STORAGE.substring(1).formatted("M<88><13>") + "q<1>" : "h<1>");
      tensors.append("K<0>(M<88><13>t(K<1>t<89>}tR");
    }
    Path file =
        archive(
            zip -> {
              add(zip, "m/data.pkl", pickle(tensors + "u."));
              add(zip, "m/data/0", new byte[20_000]);
            },
            false);

    assertRefused(file, "that share their storage, of 20000000 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../m", "/m", "m/../../m"})
  void refusesNamesOutsideOfTheArchive(String name) throws Exception {
    assertRefused(archive(zip -> add(zip, name, FOUR_NUMBERS)), "names inside of the archive");
  }

  @Test
  void refusesTheSameNameTwice() throws Exception {
    byte[] bytes =
        Files.readAllBytes(
            archive(
                zip -> {
                  add(zip, "m/data/1", FOUR_NUMBERS);
                  add(zip, "m/data/2", FOUR_NUMBERS);
                }));
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("m/data/2", "m/data/1");
    Path file = folder.resolve("twice");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(file, "the entry m/data/1 twice");
  }

  @Test
  void refusesBombs() throws Exception {
    Path file = folder.resolve("bomb");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("m/data.pkl"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        zip.write(zeros);
      }
    }

    assertRefused(file, "m/data.pkl: got a compressed or encrypted entry");
  }

  @Test
  void refusesEntriesThatSayTheyAreCompressed() throws Exception {
    Path file = archive(zip -> add(zip, "m/data.pkl", pickle("}.")));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    String text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
    int entry = text.indexOf("PK\1\2");
    bytes.put(entry + 10, (byte) ZipEntry.DEFLATED); // of the same size as it would be

    assertRefused(Files.write(file, bytes.array()), "m/data.pkl: got a compressed");
  }

  @Test
  void refusesPicklesThatAreTooLong() throws Exception {
    Path file = archive(zip -> add(zip, "m/data.pkl", new byte[(1 << 24) + 1]));

    assertRefused(file, "16777217 bytes, expected at most 16777216");
  }

  @Test
  void refusesOtherArchives() throws Exception {
    assertRefused(archive(zip -> add(zip, "word/document.xml", FOUR_NUMBERS)), "data.pkl");
    assertRefused(
        archive(zip -> add(zip, "coefficients.bin", FOUR_NUMBERS)), "a model of Deeplearning4j");
    assertRefused(
        archive(
            zip -> {
              add(zip, "m/data.pkl", pickle("}."));
              add(zip, "n/data.pkl", pickle("}."));
            }),
        "without one data.pkl");
    assertRefused(
        archive(
            zip -> {
              add(zip, "m/data.pkl", pickle("}."));
              add(zip, "m/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
            }),
        "not little endian");
  }

  private Path archive(Consumer<ZipOutputStream> content) throws IOException {
    return archive(content, true);
  }

  private Path archive(Consumer<ZipOutputStream> content, boolean storage) throws IOException {
    Path file = folder.resolve("archive");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      content.accept(zip);
      if (storage) {
        add(zip, "m/data/0", FOUR_NUMBERS);
      }
    }
    return file;
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) {
    try {
      ZipEntry entry = new ZipEntry(name);
      CRC32 sum = new CRC32();
      sum.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(sum.getValue());
      zip.putNextEntry(entry);
      zip.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The bytes of a pickle: {@code <7>} after X is a length of four bytes, else a byte in
   * hexadecimal; {@code <->} is -1 and {@code <M>} 2^31-1 in four bytes, {@code ~} ends a line.
   */
  private static byte[] pickle(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '<') {
        int end = text.indexOf('>', i);
        String code = text.substring(i + 1, end);
        switch (code) {
          case "-" -> bytes.writeBytes(new byte[] {-1, -1, -1, -1});
          case "M" -> bytes.writeBytes(new byte[] {-1, -1, -1, 127});
          default -> {
            bytes.write(Integer.parseInt(code, 16));
            bytes.writeBytes(new byte[text.charAt(i - 1) == 'X' ? 3 : 0]);
          }
        }
        i = end;
      } else {
        bytes.write(character == '~' ? '\n' : character);
      }
    }
    return bytes.toByteArray();
  }

  private static void assertRefused(Path file, String found) {
    assertThatThrownBy(() -> WeightFile.read(file))
        .isInstanceOf(TensorFileException.class)
        .hasMessageContaining(found)
        .hasMessageNotContaining("\n");
  }
}
