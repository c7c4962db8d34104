package dev.dl.training.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  public RunReport {
    metrics = List.copyOf(metrics);
    mistakes = List.copyOf(mistakes);
  }

  /** The report as one self-contained page. */
  public String html() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put("spec", spec);
    data.put("provenance", provenance);
    data.put("summary", summary);
    data.put("metrics", metrics);
    data.put("classes", classes);
    data.put("mistakes", mistakes);
    data.put("seen", seen);
    return Page.RUN.html(data);
  }
}
