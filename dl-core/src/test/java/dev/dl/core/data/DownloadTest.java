package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dl.core.archive.Archives;
import dev.dl.core.data.problem.DataException;
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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final byte[] CONTENT = "some labels".getBytes(StandardCharsets.UTF_8);

  private static final byte[] RIGHT = IdxFixture.gzip(CONTENT);

  @TempDir Path folder;
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/right", 200, RIGHT);
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
  void goesOnFromWhatCameBeforeTheConnectionBroke() throws IOException {
    server.createContext("/cut", exchange -> sendHalf(exchange, RIGHT));
    assertThatThrownBy(() -> fetch(file("/cut")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("what came is kept");
    assertThat(names(folder)).containsExactly("labels.gz.part");
    assertThat(folder.resolve("labels.gz.part")).hasSize(RIGHT.length / 2);

    serveRanges("/ranges", RIGHT);
    List<Long> received = new ArrayList<>();
    new Download((file, bytes, total) -> received.add(total - bytes))
        .fetch(List.of(file("/ranges")), folder);

    assertThat(asked).containsExactly("/ranges bytes=" + RIGHT.length / 2 + "-");
    assertThat(received).endsWith(0L);
    assertThat(folder.resolve("labels.gz")).hasBinaryContent(RIGHT);
    assertThat(names(folder)).containsExactly("labels.gz");
  }

  @Test
  void startsAnewWhereTheServerGivesNoRanges() throws IOException {
    Files.write(folder.resolve("labels.gz.part"), new byte[3]);
    fetch(file("/right"));

    assertThat(asked).containsExactly("/right");
    assertThat(folder.resolve("labels.gz")).hasBinaryContent(RIGHT);
  }

  @Test
  void startsAnewWhereWhatCameBeforeWasAnotherVersion() throws IOException {
    serveRanges("/ranges", RIGHT);
    Files.write(folder.resolve("labels.gz.part"), new byte[] {1, 2, 3});
    fetch(file("/ranges"));

    assertThat(asked).containsExactly("/ranges bytes=3-", "/ranges null");
    assertThat(folder.resolve("labels.gz")).hasBinaryContent(RIGHT);
  }

  @Test
  void startsAnewWhereMoreCameBeforeThanThereIs() throws IOException {
    serveRanges("/ranges", RIGHT);
    Files.write(folder.resolve("labels.gz.part"), new byte[500]);
    fetch(file("/ranges"));

    assertThat(asked).containsExactly("/ranges bytes=500-", "/ranges null");
    assertThat(folder.resolve("labels.gz")).hasBinaryContent(RIGHT);
  }

  @Test
  void takesAPartThatIsWholeWithoutAsking() throws IOException {
    Files.write(folder.resolve("labels.gz.part"), RIGHT);
    fetch(file("/gone"));

    assertThat(asked).isEmpty();
    assertThat(folder.resolve("labels.gz")).hasBinaryContent(RIGHT);
  }

  @Test
  void stopsAServerThatSendsFarTooMuch() {
    serve("/endless", 200, new byte[1 << 20]);

    assertThatThrownBy(() -> fetch(file("/endless")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("far too many");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void putsTheContentOfAnArchiveBesideItAndOnlyOnce() throws IOException {
    byte[] tar = Archives.tar(Map.of("top/a.txt", CONTENT, "other/b.txt", CONTENT));
    serve("/data.tar.gz", 200, tar);
    RemoteFile archive =
        RemoteFile.archive("data.tar.gz", List.of(root() + "/"), tar.length, sha256(tar), "top");

    assertThat(fetch(archive)).isTrue();
    assertThat(names(folder)).containsExactlyInAnyOrder("data.tar.gz", "top");
    assertThat(folder.resolve("top/a.txt")).hasBinaryContent(CONTENT);
    assertThat(fetch(archive)).isFalse();
    assertThat(asked).hasSize(1);
  }

  @Test
  void leavesNothingOfAnArchiveThatIsRefused() throws IOException {
    byte[] tar = Archives.tar(Map.of("top/a.txt", CONTENT, "../b.txt", CONTENT));
    serve("/data.tar.gz", 200, tar);
    RemoteFile archive =
        RemoteFile.archive("data.tar.gz", List.of(root() + "/"), tar.length, sha256(tar), "top");

    assertThatThrownBy(() -> fetch(archive))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.tar.gz: found the entry ../b.txt");
    assertThat(names(folder)).containsExactly("data.tar.gz");
  }

  private boolean fetch(RemoteFile file) throws IOException {
    return new Download((name, bytes, total) -> {}).fetch(List.of(file), folder);
  }

  private RemoteFile file(String... paths) {
    return new RemoteFile(
        "labels.gz",
        Stream.of(paths).map(path -> URI.create(root() + path)).toList(),
        RIGHT.length,
        sha256(CONTENT),
        "");
  }

  private String root() {
    String host = server.getAddress().getAddress().getHostAddress();
    return "http://" + host + ":" + server.getAddress().getPort();
  }

  private static String sha256(byte[] content) {
    return HexFormat.of().formatHex(Fingerprint.sha256().digest(content));
  }

  private static void sendHalf(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content, 0, content.length / 2);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private void serveRanges(String path, byte[] content) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          asked.add(path + " " + range);
          int start = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          if (start >= content.length) {
            exchange.sendResponseHeaders(416, -1);
          } else {
            exchange
                .getResponseHeaders()
                .add("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/*");
            exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - start);
            exchange.getResponseBody().write(content, start, content.length - start);
          }
          exchange.close();
        });
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
