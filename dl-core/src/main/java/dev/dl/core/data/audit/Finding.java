package dev.dl.core.data.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One thing that an audit found.
 *
 * @param message one line
 * @param samples that it is about, if it is about single ones
 */
public record Finding(FindingKind kind, String message, List<Sample> samples) {

  public Finding {
    samples = List.copyOf(samples);
  }

  /** Something about the data as a whole. */
  public static Finding of(FindingKind kind, String message) {
    return new Finding(kind, message, List.of());
  }

  /** How bad it is. */
  @JsonProperty
  public Severity severity() {
    return kind.severity();
  }
}
