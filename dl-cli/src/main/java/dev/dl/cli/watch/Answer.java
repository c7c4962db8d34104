package dev.dl.cli.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of the server, not sent yet. */
final class Answer {
  private static final JsonMapper JSON = new JsonMapper();

  /** Not kept, not shown inside of other pages, and taken for nothing but what it says it is. */
  private static final Map<String, String> EVERY =
      Map.of(
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");

  private final int status;
  private final String type;
  private final byte[] content;
  private final Map<String, String> headers;

  private Answer(int status, String type, byte[] content, Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.content = content;
    this.headers = headers;
  }

  static Answer of(int status, String type, byte[] content) {
    return new Answer(status, type, content, Map.of());
  }

  static Answer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Answer html(String page) {
    return of(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  static Answer json(Object value) {
    try {
      return of(200, "application/json", JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException(unwritable);
    }
  }

  /** The same with a header; it replaces the usual one of that name. */
  Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, content, more);
  }

  void send(HttpExchange exchange) throws IOException {
    Headers sent = exchange.getResponseHeaders();
    EVERY.forEach(sent::set);
    sent.set("Content-Type", type);
    headers.forEach(sent::set);
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    if (content.length > 0) {
      exchange.getResponseBody().write(content);
    }
  }
}
