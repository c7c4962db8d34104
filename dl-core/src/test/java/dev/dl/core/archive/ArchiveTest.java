package dev.dl.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir Path root;

  @Test
  void unpacksFilesAndFolders() throws IOException {
    Path tar =
        unpack("a.tar.gz", Archives.tar(Map.of("data/a.txt", CONTENT, "data/b/c.txt", CONTENT)));
    Path zip = unpack("b.zip", Archives.zip(Map.of("zipped/d.txt", "content")));

    assertThat(tar.resolve("data/a.txt")).hasBinaryContent(CONTENT);
    assertThat(tar.resolve("data/b/c.txt")).hasBinaryContent(CONTENT);
    assertThat(zip.resolve("zipped/d.txt")).hasBinaryContent(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out.txt", "data/../../out.txt", "/out.txt", "data/.."})
  void refusesNamesThatLeadOut(String name) throws IOException {
    assertRefused("a.tar.gz", Archives.tar(Map.of(name, CONTENT)), "names inside the archive");
    assertRefused("a.zip", Archives.zip(Map.of(name, "content")), "names inside the archive");
    assertThat(root.resolve("out.txt")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_FIFO,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK
      })
  void refusesLinksAndDevices(byte kind) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("data/link", kind);
    entry.setLinkName("/etc");

    assertRefused("a.tar.gz", Archives.tar(entry), "a link or device, expected files and folders");
  }

  @Test
  void refusesLinksInZips() throws IOException {
    Path archive = root.resolve("a.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(archive)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("data/link");
      entry.setUnixMode(0120777);
      out.putArchiveEntry(entry);
      out.write("/etc".getBytes(StandardCharsets.UTF_8));
      out.closeArchiveEntry();
    }

    assertRefused("a.zip", Files.readAllBytes(archive), "a link or device");
  }

  @Test
  void refusesMoreThanTheLimits() throws IOException {
    Map<String, byte[]> many = Map.of("a", CONTENT, "b", CONTENT, "c", CONTENT, "d", CONTENT);

    assertRefused("a.tar.gz", Archives.tar(many), "found more entries, expected at most 3");
    assertRefused("a.tar.gz", Archives.tar(Map.of("big", new byte[1001])), "more than 1000 bytes");
    assertRefused("a.zip", Archives.zip(Map.of("big", "x".repeat(1001))), "more than 1000 bytes");
  }

  @Test
  void refusesANameThatOccursTwice() throws IOException {
    assertRefused("a.tar.gz", Archives.tar(Map.of("a", CONTENT, "./a", CONTENT)), "each name once");
  }

  @Test
  void refusesDamagedDataAndOtherFiles() throws IOException {
    byte[] whole = Archives.tar(Map.of("a", CONTENT));

    assertRefused("a.tar.gz", Arrays.copyOf(whole, whole.length / 2), "a whole archive");
    assertRefused("a.tar.gz", CONTENT, "a whole archive");
    assertRefused("a.zip", CONTENT, "a whole archive");
    assertRefused("a.rar", CONTENT, "expected .tar.gz or .zip");
  }

  private void assertRefused(String name, byte[] archive, String message) {
    assertThatThrownBy(() -> unpack(name, archive))
        .isInstanceOf(ArchiveException.class)
        .hasMessageStartingWith(root.resolve(name) + ": found ")
        .hasMessageContaining(message);
  }

  private Path unpack(String name, byte[] content) throws IOException {
    Path archive = Files.write(root.resolve(name), content);
    Path folder = Files.createTempDirectory(root, "unpacked");
    Archive.unpack(archive, folder, new ArchiveLimits(3, 1000));
    return folder;
  }
}
