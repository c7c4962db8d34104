package dev.dl.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatchServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"(\\w+)\"");

  @TempDir private Path folder;
  private Path runs;
  private WatchServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws IOException {
    runs = Files.createDirectories(folder.resolve("runs"));
    Path first = FakeRun.begin(runs.resolve("first"), "mlp", 4);
    FakeRun.epoch(first, 1, 0.5);
    FakeRun.epoch(first, 2, 0.7);
    Path second = FakeRun.begin(runs.resolve("study/cells/second one"), "convnet", 2);
    FakeRun.epoch(second, 1, 0.8);
    FakeRun.end(second, 2, 0.81);
    server = WatchServer.start(runs, "127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsRunsWhereverTheyAreInTheFolder() throws Exception {
    JsonNode list = json("api/runs").at("/runs");

    assertThat(list.findValuesAsText("id")).containsExactly("first", "study/cells/second one");
    assertThat(list.at("/0/status").asText()).isEqualTo("unfinished");
    assertThat(list.at("/0/epoch").asInt()).isEqualTo(2);
    assertThat(list.at("/0/epochs").asInt()).isEqualTo(4);
    assertThat(list.at("/0/step").asInt()).isEqualTo(20);
    assertThat(list.at("/0/metrics/validation.accuracy").asDouble()).isEqualTo(0.7);
    assertThat(list.at("/1/status").asText()).isEqualTo("completed");
    assertThat(list.at("/1/model").asText()).isEqualTo("convnet");
    assertThat(list.at("/1/metrics/test.accuracy").asDouble()).isEqualTo(0.81);
  }

  @Test
  void tellsOfARunThatAdvances() throws Exception {
    json("api/runs");
    FakeRun.epoch(runs.resolve("first"), 3, 0.75);
    JsonNode row = json("api/runs").at("/runs/0");

    assertThat(row.path("epoch").asInt()).isEqualTo(3);
    assertThat(row.path("step").asInt()).isEqualTo(30);
    assertThat(row.path("seconds").asDouble()).isEqualTo(9);
    assertThat(row.at("/metrics/validation.accuracy").asDouble()).isEqualTo(0.75);
  }

  @Test
  void givesMetricsFromAPlaceOnInWholeLines() throws Exception {
    Path metrics = runs.resolve("first/metrics.jsonl");
    long size = Files.size(metrics);
    Files.writeString(metrics, "{\"kind\":\"st", StandardOpenOption.APPEND);

    HttpResponse<String> all = get("api/metrics?run=first");
    assertThat(all.body().lines()).hasSize(22);
    assertThat(all.headers().firstValue("X-Dl-Next")).contains(String.valueOf(size));
    HttpResponse<String> rest = get("api/metrics?run=first&from=" + size);
    assertThat(rest.body()).isEmpty();
    assertThat(rest.headers().firstValue("X-Dl-Next")).contains(String.valueOf(size));
  }

  @Test
  void passesOverALineWithoutEndInAFileOfAnySize() throws Exception {
    Path metrics = runs.resolve("first/metrics.jsonl");
    Files.writeString(metrics, "x".repeat(3 << 20) + "\n");
    FakeRun.epoch(runs.resolve("first"), 3, 0.9);

    assertThat(json("api/runs").at("/runs/0/epoch").asInt()).isEqualTo(3);
    assertThat(get("api/metrics?run=first").body()).isEmpty();
  }

  @Test
  void beginsAgainWhereMetricsWereReplaced() throws Exception {
    json("api/runs");
    Path replaced = FakeRun.begin(folder.resolve("other"), "mlp", 4);
    FakeRun.epoch(replaced, 1, 0.3);
    Files.move(
        replaced.resolve("metrics.jsonl"),
        runs.resolve("first/metrics.jsonl"),
        StandardCopyOption.REPLACE_EXISTING);

    JsonNode row = json("api/runs").at("/runs/0");
    assertThat(row.path("epoch").asInt()).isEqualTo(1);
    assertThat(row.at("/metrics/validation.accuracy").asDouble()).isEqualTo(0.3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../secret",
        "first/../../secret",
        "/etc",
        "first/",
        "first/checkpoints",
        "first\u0000",
        "",
        "outside"
      })
  void knowsNoRunButThoseThatItFound(String id) throws Exception {
    Files.createDirectories(folder.resolve("secret"));
    Files.writeString(folder.resolve("secret/spec.yaml"), "name: secret");
    Files.createSymbolicLink(runs.resolve("outside"), folder.resolve("secret"));

    String query = "?run=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    for (String path : List.of("api/run", "api/metrics", "api/sample", "report")) {
      assertThat(get(path + query).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(json("api/runs").path("links").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/first/spec.yaml",
        "/%2e%2e/secret.txt",
        "/api/",
        "/runs",
        "//"
      })
  void servesNoFilesByTheirPaths(String path) throws Exception {
    Files.writeString(folder.resolve("secret.txt"), "secret");

    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"))
        .doesNotContain("secret\n", "name: trial")
        .containsPattern("HTTP/1.1 40[04]");
  }

  @Test
  void followsNoLinkOutOfARun() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    Path samples = Files.createDirectories(runs.resolve("first/samples"));
    Files.createSymbolicLink(samples.resolve("a.txt"), secret);
    Files.createSymbolicLink(runs.resolve("first/log.txt"), secret);
    Files.createSymbolicLink(runs.resolve("first/report.html"), secret);
    Files.createSymbolicLink(runs.resolve("first/provenance.json"), secret);
    Files.writeString(samples.resolve("b.txt"), "fine");

    HttpResponse<String> detail = get("api/run?run=first");
    assertThat(detail.statusCode()).isEqualTo(200);
    assertThat(detail.body()).doesNotContain("secret");
    assertThat(JSON.readTree(detail.body()).path("samples")).hasSize(1);
    assertThat(get("api/sample?run=first&name=b.txt").body()).isEqualTo("fine");
    for (String name : List.of("a.txt", "../spec.yaml", "%2e%2e%2fspec.yaml", "missing.png")) {
      assertThat(get("api/sample?run=first&name=" + name).statusCode()).as(name).isEqualTo(404);
    }
    assertThat(get("report?run=first").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "localhost:9999, 200",
    "127.0.0.1:1, 200",
    "[::1]:6116, 200",
    "evil.example, 403",
    "localhost.evil.example, 403",
    "evil.example:6116, 403",
    "127.0.0.1.evil.example, 403",
    "evil@localhost, 403",
  })
  void answersUnderItsOwnNamesOnly(String host, int status) throws Exception {
    assertThat(raw("GET /api/runs HTTP/1.1\r\nHost: " + host + "\r\n"))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void answersNoPageOfAnotherSite() throws Exception {
    String ask = "GET /api/runs HTTP/1.1\r\nHost: localhost\r\n";

    assertThat(raw(ask + "Origin: http://localhost\r\n")).startsWith("HTTP/1.1 200");
    assertThat(raw(ask + "Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 403");
    assertThat(raw(ask + "Origin: http://localhost:3000\r\n")).startsWith("HTTP/1.1 403");
    assertThat(raw(ask + "Origin: null\r\n")).startsWith("HTTP/1.1 403");
    assertThat(raw(ask + "Sec-Fetch-Site: cross-site\r\n")).startsWith("HTTP/1.1 403");
    assertThat(raw(ask + "Sec-Fetch-Site: same-origin\r\n")).startsWith("HTTP/1.1 200");
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n"))
        .startsWith("HTTP/1.1 200"); // a link that somebody followed
  }

  @Test
  void letsNoOtherPageFrameItOrGuessWhatItSends() throws Exception {
    for (String path : List.of("", "api/runs", "api/metrics?run=first", "nothing")) {
      HttpResponse<String> response = get(path);
      assertThat(response.headers().firstValue("X-Frame-Options")).as(path).contains("DENY");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("frame-ancestors 'none'");
      assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void showsReportsOfOthersWithoutTheRightsOfItsOwnPage() throws Exception {
    Files.writeString(runs.resolve("first/report.html"), "<script>fetch('/api/runs')</script>");

    assertThat(
            get("report?run=first").headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox allow-scripts; default-src 'none'")
        .doesNotContain("allow-same-origin", "connect-src");
  }

  @Test
  void stopsARunThatGoesOnWhenItsOwnPageAsks() throws Exception {
    Path run = runs.resolve("first");
    try (LockedRun held = LockedRun.hold(run)) {
      assertThat(json("api/runs").at("/runs/0/status").asText()).isEqualTo("running");
      String token = token();
      String ask = "POST /api/stop?run=first HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n";
      String own = "Origin: http://localhost\r\n";

      assertThat(raw(ask + "X-Dl-Token: " + token + "\r\n")).startsWith("HTTP/1.1 403");
      assertThat(raw(ask + own)).startsWith("HTTP/1.1 403");
      assertThat(raw(ask + own + "X-Dl-Token: " + token.substring(1) + "0\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(raw(ask + "Origin: http://evil.example\r\nX-Dl-Token: " + token + "\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(raw(ask.replace("POST", "GET") + own + "X-Dl-Token: " + token + "\r\n"))
          .startsWith("HTTP/1.1 404");
      assertThat(run.resolve("stop")).doesNotExist();

      assertThat(raw(ask + own + "X-Dl-Token: " + token + "\r\n")).startsWith("HTTP/1.1 202");
      assertThat(run.resolve("stop")).exists();
      assertThat(json("api/runs").at("/runs/0/status").asText()).isEqualTo("stopping");
    }
    assertThat(json("api/runs").at("/runs/0/status").asText()).isEqualTo("unfinished");
  }

  @Test
  void stopsNoRunThatHasEnded() throws Exception {
    String ask =
        "POST /api/stop?run=first HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
            + "Origin: http://localhost\r\nX-Dl-Token: "
            + token()
            + "\r\n";

    assertThat(raw(ask)).startsWith("HTTP/1.1 409");
    assertThat(runs.resolve("first/stop")).doesNotExist();
  }

  @Test
  void answersWhileOthersAreSlow() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort());
        socket.getOutputStream().write("GET /api/ru".getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      assertThat(get("api/runs").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "null",
        "[]",
        "{\"status\": null}",
        "{\"status\": \"completed\"}",
        "{\"status\": \"<script>\", \"validation\": {\"a\": 1e999}, \"test\": {}}",
        "{\"status\": \"completed\", \"validation\": {\"accuracy\": null}, \"test\": {}}"
      })
  void goesOnBesideADamagedRun(String summary) throws Exception {
    Files.writeString(runs.resolve("first/summary.json"), summary);
    Files.writeString(
        runs.resolve("first/metrics.jsonl"),
        "\u0000\n[]\n{\"kind\":\"epoch\"}\n{\"kind\":\"epoch\",\"epoch\":-1e999,\"step\":\"x\"}\n{{{\n");
    Files.writeString(runs.resolve("study/cells/second one/spec.yaml"), "a: [");
    Files.writeString(runs.resolve("first/provenance.json"), "[".repeat(100_000));

    JsonNode list = json("api/runs").at("/runs");
    assertThat(list).hasSize(2);
    assertThat(list.at("/1/problems/0").asText()).isEqualTo("spec.yaml cannot be read");
    assertThat(get("api/run?run=first").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsATakenPort() {
    int port = URI.create(server.url()).getPort();

    assertThatThrownBy(() -> WatchServer.start(runs, "127.0.0.1", port))
        .isInstanceOf(PortTakenException.class)
        .hasMessageStartingWith("127.0.0.1:" + port + ": cannot be listened on (")
        .hasMessageEndingWith("choose another with --port, or 0 for any");
  }

  @Test
  void listensOnThisMachineOnly() {
    assertThat(server.url()).startsWith("http://127.0.0.1:");
  }

  private String token() throws Exception {
    Matcher token = TOKEN.matcher(get("").body());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private JsonNode json(String path) throws Exception {
    return JSON.readTree(get(path).body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  /** What comes back for a request, its header as it is. */
  private String raw(String header) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
      socket
          .getOutputStream()
          .write((header + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
