package dev.dl.cli.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dl.training.report.Page;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the runs of a folder until closed. */
public final class WatchServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchServer.class);
  private static final int THREADS = 32;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int LARGEST_SAMPLE = 1 << 24;
  private static final int LARGEST_REPORT = 1 << 27;

  /** A report may hold anything: it gets scripts, but not the rights of this server's own page. */
  private static final String REPORT_POLICY =
      "sandbox allow-scripts; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
          + "script-src 'unsafe-inline'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "png",
          "image/png",
          "txt",
          "text/plain; charset=utf-8",
          "csv",
          "text/plain; charset=utf-8");

  private final RunsFolder folder;
  private final String title;
  private final Guard guard;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, WatchedRun> runs = new ConcurrentHashMap<>();

  private WatchServer(
      RunsFolder folder, String title, Guard guard, HttpServer server, ExecutorService threads) {
    this.folder = folder;
    this.title = title;
    this.guard = guard;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to serve.
   *
   * @param runs the folder
   * @param address to listen on; only programs of this machine reach {@code 127.0.0.1}
   * @param port 0 for any that is free
   * @throws PortTakenException if that cannot be listened on
   */
  public static WatchServer start(Path runs, String address, int port) throws IOException {
    RunsFolder folder = RunsFolder.at(runs);
    dropSlowClients();
    HttpServer server = listen(address, port);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "watch");
              thread.setDaemon(true);
              return thread;
            });
    WatchServer watch =
        new WatchServer(folder, runs.toString(), Guard.withFreshToken(address), server, threads);
    server.createContext("/", watch::handle);
    server.setExecutor(threads);
    server.start();
    return watch;
  }

  /** The server of the JDK reads its limits once, and only there; by itself it waits for ever. */
  private static void dropSlowClients() {
    Map.of("maxReqTime", "10", "maxRspTime", "60", "maxReqHeaders", "60")
        .forEach(
            (name, value) -> {
              String property = "sun.net.httpserver." + name;
              System.setProperty(property, System.getProperty(property, value));
            });
  }

  private static HttpServer listen(String address, int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
    } catch (BindException taken) {
      throw new PortTakenException(address, port, taken);
    }
  }

  /** Where a browser finds the page. */
  public String url() {
    InetSocketAddress bound = server.getAddress();
    InetAddress address = bound.getAddress();
    String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      answer(exchange).send(exchange);
      exchange.getRequestBody().close(); // or else the connection would not be kept
    } catch (IOException gone) {
      LOG.debug("a client left", gone);
    }
  }

  private Answer answer(HttpExchange exchange) {
    try {
      Optional<String> refusal = guard.refusal(exchange);
      return refusal.isPresent()
          ? Answer.text(403, refusal.get())
          : route(
              exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(),
              query(exchange));
    } catch (NoSuchFileException missing) {
      return Answer.text(404, "not found");
    } catch (IllegalArgumentException wrong) {
      return Answer.text(400, "not understood");
    } catch (IOException | RuntimeException failure) {
      LOG.warn("cannot answer {}", exchange.getRequestURI(), failure);
      return Answer.text(500, "failed; the terminal of ./dl watch says why");
    }
  }

  private Answer route(String request, Map<String, String> query) throws IOException {
    return switch (request) {
      case "GET /" -> page();
      case "GET /favicon.ico" -> Answer.of(204, "image/png", new byte[0]);
      case "GET /api/runs" -> Answer.json(list());
      case "GET /api/run" -> Answer.json(run(query).detail());
      case "GET /api/metrics" ->
          metrics(run(query), Long.parseLong(query.getOrDefault("from", "0")));
      case "GET /api/sample" -> sample(run(query), query.getOrDefault("name", ""));
      case "GET /report" -> report(run(query));
      case "POST /api/stop" -> stop(run(query));
      default -> Answer.text(404, "not found");
    };
  }

  private Answer page() {
    return Answer.html(Page.WATCH.html(Map.of("folder", title, "token", guard.token())))
        .with("Content-Security-Policy", "frame-ancestors 'none'"); // the page itself says the rest
  }

  /**
   * The list as it is now.
   *
   * @param more whether there are further runs
   * @param links that were not followed
   */
  private record RunList(List<RunRow> runs, boolean more, int links) {}

  private RunList list() throws IOException {
    RunsFolder.Found found = look();
    List<RunRow> rows = new ArrayList<>();
    for (String id : found.runs().keySet()) {
      WatchedRun run = runs.get(id);
      if (run != null) { // else another look found it gone
        rows.add(run.row());
      }
    }
    return new RunList(rows, found.more(), found.links());
  }

  private synchronized RunsFolder.Found look() throws IOException {
    RunsFolder.Found found = folder.runs();
    found
        .runs()
        .forEach(
            (id, directory) ->
                runs.computeIfAbsent(id, name -> new WatchedRun(name, folder, directory)));
    runs.keySet().retainAll(found.runs().keySet());
    return found;
  }

  /** The run that a request names, by what was found in the folder. */
  private WatchedRun run(Map<String, String> query) throws IOException {
    String id = query.getOrDefault("run", "");
    if (!runs.containsKey(id)) {
      look();
    }
    WatchedRun run = runs.get(id);
    if (run == null) {
      throw new NoSuchFileException(id);
    }
    return run;
  }

  private Answer metrics(WatchedRun run, long from) throws IOException {
    Path file = run.files().metrics();
    Optional<RunsFolder.Version> version = folder.version(file);
    boolean other = version.isEmpty() || from < 0 || from > version.get().bytes();
    MetricsChunk chunk =
        other ? new MetricsChunk("", 0) : MetricsChunk.read(folder, file, from, CHUNK_BYTES);
    return Answer.of(
            200, "text/plain; charset=utf-8", chunk.text().getBytes(StandardCharsets.UTF_8))
        .with("X-Dl-File", version.map(RunsFolder.Version::file).orElse(""))
        .with("X-Dl-Next", String.valueOf(chunk.next()));
  }

  private Answer sample(WatchedRun run, String name) throws IOException {
    if (!run.samples().contains(name)) {
      throw new NoSuchFileException(name);
    }
    byte[] content = folder.read(run.files().samples().resolve(name), 0, LARGEST_SAMPLE);
    return Answer.of(200, TYPES.get(name.substring(name.lastIndexOf('.') + 1)), content);
  }

  private Answer report(WatchedRun run) throws IOException {
    byte[] content = folder.read(run.files().report(), 0, LARGEST_REPORT);
    return Answer.of(200, "text/html; charset=utf-8", content)
        .with("Content-Security-Policy", REPORT_POLICY);
  }

  private Answer stop(WatchedRun run) throws IOException {
    if (!run.isLive()) {
      return Answer.text(409, "no process is at this run");
    }
    run.files().askToStop();
    return Answer.text(202, "asked to stop");
  }

  private static Map<String, String> query(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    Function<String, String> decoded = text -> URLDecoder.decode(text, StandardCharsets.UTF_8);
    return query == null
        ? Map.of()
        : Stream.of(query.split("&"))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(
                Collectors.toMap(
                    pair -> decoded.apply(pair[0]), pair -> decoded.apply(pair[1]), (a, b) -> b));
  }
}
