package dev.dl.core.data.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dl.core.data.tar.TarMember.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against archives by Python's tarfile, made by {@code tools/golden/tar.py}. */
class TarReaderTest {
  private static final int BLOCK = 512;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ustar", "pax", "gnu"})
  void findsWhatTarfileFinds(String form) throws IOException {
    Path file = golden(form);
    JsonNode expected;
    try (InputStream in = TarReaderTest.class.getResourceAsStream("members.json")) {
      expected = new ObjectMapper().readTree(in).get(form);
    }
    try (TarReader reader = TarReader.open(file)) {
      for (JsonNode wanted : expected) {
        TarMember member = reader.next().orElseThrow();
        boolean isFile = wanted.get("file").asBoolean();
        assertThat(member.name().replaceFirst("/$", "")).isEqualTo(wanted.get("name").asText());
        assertThat(member.kind() == Kind.FILE).as(member.name()).isEqualTo(isFile);
        assertThat(member.offset()).isEqualTo(wanted.get("offset").asLong());
        if (isFile) {
          assertThat(member.size()).isEqualTo(wanted.get("size").asLong());
          assertThat(new String(reader.content(member, 1 << 20), StandardCharsets.UTF_8))
              .isEqualTo(wanted.get("content").asText());
        }
      }
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void tellsLinksFromPipesAndFolders() throws IOException {
    List<Kind> kinds = new ArrayList<>();
    try (TarReader reader = TarReader.open(golden("ustar"))) {
      for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
        kinds.add(next.get().kind());
      }
    }
    assertThat(kinds)
        .startsWith(Kind.FOLDER, Kind.FILE)
        .endsWith(Kind.LINK, Kind.LINK, Kind.DEVICE, Kind.DEVICE, Kind.FILE);
  }

  @Test
  void saysWhereAnArchiveIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(golden("ustar"));
    // A folder of one block, then 0001.txt with its header at 512 and three bytes at 1024.
    assertThatThrownBy(() -> readAll(Arrays.copyOf(whole, 1026)))
        .isInstanceOf(TarFileException.class)
        .hasMessageContaining("byte 512: found a member of 3 bytes in a file of 1026");
    assertThatThrownBy(() -> readAll(Arrays.copyOf(whole, 3 * BLOCK)))
        .hasMessageContaining("byte 1536: found the end of the file");
    assertThatThrownBy(() -> readAll(new byte[0])).hasMessageContaining("byte 0: found the end");
  }

  @Test
  void refusesWhatIsNoHeader() throws IOException {
    byte[] damaged = Files.readAllBytes(golden("ustar"));
    damaged[BLOCK + 3] ^= 1;

    assertThatThrownBy(() -> readAll(damaged))
        .isInstanceOf(TarFileException.class)
        .hasMessageContaining("byte 512: found no header of a member");
    assertThatThrownBy(() -> readAll("not an archive".repeat(100).getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("byte 0: found no header");
  }

  @Test
  void believesNoSize() throws IOException {
    byte[] whole = Files.readAllBytes(golden("ustar"));
    for (String size : List.of("77777777777\0", "-0000000001\0", "00000000009\0")) {
      byte[] hostile = whole.clone();
      System.arraycopy(size.getBytes(StandardCharsets.US_ASCII), 0, hostile, BLOCK + 124, 12);
      sign(hostile, BLOCK);
      assertThatThrownBy(() -> readAll(hostile)).as(size).isInstanceOf(TarFileException.class);
    }
    byte[] huge = whole.clone();
    Arrays.fill(huge, BLOCK + 124, BLOCK + 136, (byte) 0xff);
    sign(huge, BLOCK);
    assertThatThrownBy(() -> readAll(huge)).hasMessageContaining("a member of no size");
  }

  @Test
  void refusesNamesAndRecordsWithoutEnd() throws IOException {
    byte[] whole = Files.readAllBytes(golden("gnu"));
    for (char type : new char[] {'L', 'x'}) {
      byte[] hostile = Arrays.copyOf(whole, 4 << 20);
      hostile[BLOCK + 156] = (byte) type;
      System.arraycopy(
          "00010000000\0".getBytes(StandardCharsets.US_ASCII), 0, hostile, BLOCK + 124, 12);
      sign(hostile, BLOCK);
      assertThatThrownBy(() -> readAll(hostile))
          .hasMessageContaining("a name or record of 2097152 bytes");
    }
  }

  @Test
  void refusesRecordsThatAreNotWrittenAsSuch() {
    for (String records : List.of("5 a=b", "x a=b\n", "99 path=b\n", "-3 a=b\n", "6 path\n")) {
      assertThatThrownBy(() -> PaxRecords.parse(records.getBytes(StandardCharsets.UTF_8)))
          .as(records)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(PaxRecords.parse("12 path=a=b\n5 a=\n".getBytes(StandardCharsets.UTF_8)))
        .containsEntry("path", "a=b")
        .hasSize(2);
  }

  @Test
  void opensNothingButFiles() {
    assertThatThrownBy(() -> TarReader.open(folder))
        .hasMessageContaining("something other than a file");
  }

  /** Makes a header's checksum right again. */
  private static void sign(byte[] archive, int header) {
    Arrays.fill(archive, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int i = header; i < header + BLOCK; i++) {
      sum += archive[i] & 0xff;
    }
    byte[] digits = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, archive, header + 148, digits.length);
  }

  private void readAll(byte[] archive) throws IOException {
    Path file = Files.write(folder.resolve("shard.tar"), archive);
    try (TarReader reader = TarReader.open(file)) {
      while (reader.next().isPresent()) {
        // to its end
      }
    }
  }

  private Path golden(String form) throws IOException {
    Path file = folder.resolve(form + ".tar");
    try (InputStream in = TarReaderTest.class.getResourceAsStream(form + ".tar")) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }
}
