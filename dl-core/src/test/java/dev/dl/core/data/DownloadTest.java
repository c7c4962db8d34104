package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final byte[] CONTENT = "some labels".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/right", 200, IdxFixture.gzip(CONTENT));
    serve("/wrong", 200, IdxFixture.gzip("other labels".getBytes(StandardCharsets.UTF_8)));
    serve("/page", 200, "<html>".getBytes(StandardCharsets.UTF_8));
    serve("/gone", 404, new byte[0]);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void putsTheVerifiedFileInItsPlace() throws IOException {
    List<Long> received = new ArrayList<>();
    new Download((file, bytes, total) -> received.add(total - bytes))
        .fetch(List.of(file("/right")), folder.resolve("new"));

    assertThat(folder.resolve("new/labels.gz")).hasBinaryContent(IdxFixture.gzip(CONTENT));
    assertThat(received).endsWith(0L);
    assertThat(names(folder.resolve("new"))).containsExactly("labels.gz");
  }

  @Test
  void triesTheNextAddress() throws IOException {
    fetch(file("/gone", "/wrong", "/page", "/right"));

    assertThat(asked).containsExactly("/gone", "/wrong", "/page", "/right");
    assertThat(names(folder)).containsExactly("labels.gz");
  }

  @Test
  void refusesContentWithTheWrongHash() throws IOException {
    assertThatThrownBy(() -> fetch(file("/wrong")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("/wrong: found other content, expected SHA-256");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void keepsWhatIsThereAndRightAndMendsWhatIsNot() throws IOException {
    fetch(file("/right"));
    fetch(file("/right"));
    assertThat(asked).hasSize(1);

    Files.writeString(folder.resolve("labels.gz"), "damaged");
    fetch(file("/right"));
    assertThat(asked).hasSize(2);
    assertThat(folder.resolve("labels.gz")).hasBinaryContent(IdxFixture.gzip(CONTENT));
  }

  @Test
  void saysWhatWentWrongAtEachAddress() throws IOException {
    assertThatThrownBy(() -> fetch(file("/gone", "/gone")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("labels.gz cannot be fetched: http")
        .hasMessageContaining("status 404; http");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void namesOnlyHttpsAddressesInTheCatalogue() {
    List<RemoteFile> files =
        DatasetCatalog.standard().datasets().stream()
            .flatMap(dataset -> dataset.download().stream())
            .toList();

    assertThat(files).hasSize(4);
    assertThat(files)
        .allSatisfy(
            file -> {
              assertThat(file.sha256()).matches("[0-9a-f]{64}");
              assertThat(file.addresses())
                  .isNotEmpty()
                  .allMatch(address -> address.getScheme().equals("https"))
                  .allMatch(address -> address.getPath().endsWith("/" + file.name()));
            });
  }

  private void fetch(RemoteFile file) throws IOException {
    new Download((name, bytes, total) -> {}).fetch(List.of(file), folder);
  }

  private RemoteFile file(String... paths) {
    String host = server.getAddress().getAddress().getHostAddress();
    String root = "http://" + host + ":" + server.getAddress().getPort();
    String sha256 = HexFormat.of().formatHex(Fingerprint.sha256().digest(CONTENT));
    return new RemoteFile(
        "labels.gz", Stream.of(paths).map(path -> URI.create(root + path)).toList(), sha256);
  }

  private void serve(String path, int status, byte[] content) {
    server.createContext(
        path,
        exchange -> {
          asked.add(path);
          exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
