package dev.dl.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run came to, for people to look at: curves, confusions, mistakes, spec and provenance.
 *
 * @param name of the run
 * @param spec the resolved spec, YAML
 * @param provenance by name, nested at will
 * @param summary the content of summary.json
 * @param metrics the lines of metrics.jsonl, in order
 * @param classes how the classes fared; {@code null} if nothing was evaluated
 * @param mistakes the most confident first
 * @param seen what the network was given first; {@code null} if that is not known
 */
public record RunReport(
    String name,
    String spec,
    Map<String, Object> provenance,
    Map<String, Object> summary,
    List<Map<String, Object>> metrics,
    ClassResults classes,
    List<Mistake> mistakes,
    Seen seen) {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  public RunReport {
    metrics = List.copyOf(metrics);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * The report as one self-contained page. Everything from outside goes into it as JSON, which the
   * page shows as text and never as markup.
   */
  public String html() {
    Map<String, String> parts =
        Map.of(
            "uplotCss", resource(UPLOT + "dist/uPlot.min.css"),
            "uplotLicense", resource(UPLOT + "LICENSE"),
            "uplotScript", resource(UPLOT + "dist/uPlot.iife.min.js"),
            "css", resource("report.css"),
            "script", resource("report.js"),
            "data", data());
    return PLACEHOLDER
        .matcher(resource("report.html"))
        .replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group(1))));
  }

  private String data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put("spec", spec);
    data.put("provenance", provenance);
    data.put("summary", summary);
    data.put("metrics", metrics);
    data.put("classes", classes);
    data.put("mistakes", mistakes);
    data.put("seen", seen);
    try {
      // Inside a script element only "<" could end the data early; JSON may write it so.
      return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException("a report takes plain values only", unwritable);
    }
  }

  private static String resource(String name) {
    try (InputStream in = RunReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
