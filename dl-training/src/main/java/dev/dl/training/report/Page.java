package dev.dl.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages that people look at, each whole in one file: a body, the scripts that draw it, and its
 * data as JSON. Whatever comes from outside is in the data, which scripts show as text and never as
 * markup; and a browser runs no other script than these, since the page names their hashes.
 */
public enum Page {
  /** {@code report.html} of a run. */
  RUN("img-src data:"),

  /** Runs beside each other. */
  COMPARISON("img-src data:"),

  /** Runs as they go on, from the server of {@code ./dl watch}. */
  WATCH("img-src 'self' data:; connect-src 'self'");

  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  private final String sources;

  /**
   * @param sources what it may load, apart from itself, as a content security policy has it
   */
  Page(String sources) {
    this.sources = sources;
  }

  /**
   * The page with its data.
   *
   * @param data plain values: maps, lists, texts, numbers, bytes, records of them
   */
  public String html(Object data) {
    String uplotCss = resource(UPLOT + "dist/uPlot.min.css");
    String css = resource("page.css");
    String uplotScript =
        "/*\n"
            + resource(UPLOT + "LICENSE")
            + "\n*/\n"
            + resource(UPLOT + "dist/uPlot.iife.min.js");
    String script =
        Stream.concat(Stream.of("page.js", "charts.js"), scripts().stream())
            .map(Page::resource)
            .collect(Collectors.joining("\n"));
    String policy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
            + sources
            + "; style-src "
            + hashes(uplotCss, css)
            + "; script-src "
            + hashes(uplotScript, script);
    Map<String, String> parts =
        Map.of(
            "policy", policy,
            "uplotCss", uplotCss,
            "css", css,
            "body", resource(name().toLowerCase(Locale.ROOT) + ".html").strip(),
            "data", json(data),
            "uplotScript", uplotScript,
            "script", script);
    return PLACEHOLDER
        .matcher(resource("page.html"))
        .replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group(1))));
  }

  /** Its own, after those that all pages share. */
  private List<String> scripts() {
    return switch (this) {
      case RUN -> List.of("curves.js", "run.js");
      case COMPARISON -> List.of("comparison.js");
      case WATCH -> List.of("curves.js", "watch.js");
    };
  }

  /** As a script element may hold it: only {@code <} could end that early; JSON may escape it. */
  private static String json(Object data) {
    try {
      return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException("a page takes plain values only", unwritable);
    }
  }

  private static String hashes(String... contents) {
    return Stream.of(contents)
        .map(content -> "'sha256-" + Base64.getEncoder().encodeToString(sha256(content)) + "'")
        .collect(Collectors.joining(" "));
  }

  private static byte[] sha256(String content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** A text of this package, its lines ended as a browser hashes them. */
  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
