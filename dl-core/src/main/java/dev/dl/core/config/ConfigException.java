package dev.dl.core.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; carries every problem found, not only the first. */
public final class ConfigException extends RuntimeException {
  private final transient List<ConfigProblem> problems;

  public ConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public ConfigException(String path, String found, String expected, String remedy) {
    this(List.of(new ConfigProblem(path, found, expected, remedy)));
  }

  public List<ConfigProblem> problems() {
    return problems;
  }
}
