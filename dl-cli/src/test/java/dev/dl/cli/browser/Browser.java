package dev.dl.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Chromium without a window and its one page, driven by the <a
 * href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>. It notes every
 * request and everything that the console has to complain about.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_SECONDS = 20;
  private static final int PAUSE_MILLIS = 20;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger commands = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browser(Process process, URI address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Ears()).join();
  }

  /** Starts one; where none is installed, the test is skipped. */
  static Browser start(Path folder) throws Exception {
    Optional<Path> chromium = chromium();
    Assumptions.assumeTrue(
        chromium.isPresent(), "no Chromium: apt-get install chromium, or set CHROMIUM to one");
    Path profile = Files.createTempDirectory(folder, "chromium");
    Process process =
        new ProcessBuilder(
                chromium.get().toString(),
                "--headless=new",
                "--no-sandbox", // which root cannot have
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log.txt").toFile())
            .start();
    try {
      Path port = profile.resolve("DevToolsActivePort");
      await(() -> Files.exists(port) && lines(port).size() == 2, "Chromium to start");
      Browser browser = new Browser(process, page(lines(port).get(0)));
      for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
        browser.command(domain + ".enable", Map.of());
      }
      browser.resize(1200, 900);
      return browser;
    } catch (Exception | Error failed) {
      process.destroyForcibly();
      throw failed;
    }
  }

  private static Optional<Path> chromium() {
    String named = System.getenv("CHROMIUM");
    return Stream.of(
            named, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .filter(path -> path != null && Files.isExecutable(Path.of(path)))
        .map(Path::of)
        .findFirst();
  }

  private static URI page(String port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    String list = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    for (JsonNode target : JSON.readTree(list)) {
      if (target.path("type").asText().equals("page")) {
        return URI.create(target.path("webSocketDebuggerUrl").asText());
      }
    }
    throw new IOException("Chromium has no page: " + list);
  }

  /** A file that is still being written reads as no lines. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** What a test waits for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition, String what) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited for %s", what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private JsonNode command(String method, Map<String, ?> parameters) {
    int id = commands.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    try {
      String text =
          JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
      socket.sendText(text, true).join();
      JsonNode message = answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
      assertThat(message.path("error").toString()).as(method).isEmpty();
      return message.path("result");
    } catch (Exception failed) {
      throw new IllegalStateException(method, failed);
    }
  }

  /** Takes answers and events. */
  private final class Ears implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      message.append(text);
      if (last) {
        take(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void take(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      CompletableFuture<JsonNode> waiting = answers.remove(message.path("id").asInt());
      if (waiting != null) {
        waiting.complete(message);
      }
      JsonNode parameters = message.path("params");
      switch (message.path("method").asText()) {
        case "Network.requestWillBeSent" -> requests.add(parameters.at("/request/url").asText());
        case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
        case "Runtime.consoleAPICalled" -> {
          if (List.of("error", "warning", "assert").contains(parameters.path("type").asText())) {
            complaints.add(parameters.toString());
          }
        }
        case "Log.entryAdded" -> {
          if (List.of("error", "warning").contains(parameters.at("/entry/level").asText())) {
            complaints.add(parameters.toString());
          }
        }
        default -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens an address and waits until it is loaded. */
  void open(String url) throws Exception {
    command("Page.navigate", Map.of("url", url));
    await(
        () -> value("document.readyState === 'complete' && location.href").asText().startsWith(url),
        url);
  }

  /** What an expression of JavaScript comes to, promises awaited. */
  JsonNode value(String expression) {
    JsonNode result =
        command(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    assertThat(result.path("exceptionDetails").toString()).as(expression).isEmpty();
    return result.at("/result/value");
  }

  String text(String selector) {
    return value("document.querySelector(" + quoted(selector) + ").innerText").asText();
  }

  /** The text of every element that a selector finds and that can be seen. */
  List<String> texts(String selector) {
    List<String> texts = new ArrayList<>();
    value(
            "[...document.querySelectorAll("
                + quoted(selector)
                + ")].filter(node => node.getClientRects().length).map(node => node.innerText.trim())")
        .forEach(text -> texts.add(text.asText()));
    return texts;
  }

  boolean isShown(String selector) {
    return !texts(selector).isEmpty();
  }

  /** Waits until an expression is true. */
  void awaitTrue(String expression) throws Exception {
    await(() -> value("!!(" + expression + ")").asBoolean(), expression);
  }

  /** Clicks in the middle of an element, as a mouse does. */
  void click(String selector) {
    JsonNode at =
        value(
            "(node => { node.scrollIntoView({block: 'center'}); const box = node.getBoundingClientRect();"
                + " return {x: box.x + box.width / 2, y: box.y + box.height / 2}; })(document.querySelector("
                + quoted(selector)
                + "))");
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      command(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              at.path("x").asDouble(),
              "y",
              at.path("y").asDouble(),
              "button",
              type.equals("mouseMoved") ? "none" : "left",
              "clickCount",
              1));
    }
  }

  /** Presses a key: {@code Tab}, {@code Enter}, {@code ArrowRight}. */
  void press(String key) {
    Map<String, Integer> codes =
        Map.of("Tab", 9, "Enter", 13, " ", 32, "ArrowRight", 39, "ArrowLeft", 37, "Escape", 27);
    for (String type : List.of("keyDown", "keyUp")) {
      Map<String, Object> event =
          new HashMap<>(Map.of("type", type, "key", key, "windowsVirtualKeyCode", codes.get(key)));
      if (key.equals("Enter") && type.equals("keyDown")) {
        event.put("text", "\r");
      }
      command("Input.dispatchKeyEvent", event);
    }
  }

  /** Types into what has the focus. */
  void type(String text) {
    command("Input.insertText", Map.of("text", text));
  }

  /** Chooses an option, as somebody does. */
  void choose(String selector, String value) {
    value(
        "(node => { node.value = %s; node.dispatchEvent(new Event('change', {bubbles: true})); })(document.querySelector(%s))"
            .formatted(quoted(value), quoted(selector)));
  }

  void resize(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    settle();
  }

  /** Waits until the page has drawn what it draws by itself after a change. */
  private void settle() {
    value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  /** {@code screen} or {@code print}, {@code light} or {@code dark}. */
  void media(String medium, String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    settle();
  }

  /** A picture of the whole page. */
  byte[] screenshot() throws IOException {
    return command("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
        .path("data")
        .binaryValue();
  }

  /** The page as it is printed. */
  byte[] pdf() throws IOException {
    return command("Page.printToPDF", Map.of("printBackground", false)).path("data").binaryValue();
  }

  /** Everything that was asked for went to this machine, or into the page itself. */
  void requireQuiet() {
    List<String> heard = List.copyOf(complaints);
    complaints.clear(); // so that one test does not fail for another
    assertThat(heard).as("complaints of the console").isEmpty();
    assertThat(requests)
        .isNotEmpty()
        .allMatch(
            url ->
                url.matches("(http://(127\\.0\\.0\\.1|localhost)[:/]|file:|data:|about:|blob:).*"));
  }

  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    command("Browser.close", Map.of()); // so that it removes what it has in the temporary folder
    socket.abort();
    process.onExit().orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
  }
}
