package dev.dl.core.backend;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Shorthand;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the user asked the tensor math to run on.
 *
 * @param name {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:1} for a certain device, or
 *     several that share each batch of a training: {@code cuda:0,1}, and {@code cpu:0,1} for two
 *     that divide the processor's threads
 */
@Shorthand
public record BackendChoice(String name) {
  private static final Pattern NAMES =
      Pattern.compile("auto|cpu(:[0-9]{1,2}(,[0-9]{1,2})+)?|cuda(:[0-9]{1,2}(,[0-9]{1,2})*)?");

  public static final BackendChoice AUTO = new BackendChoice("auto");
  public static final BackendChoice CPU = new BackendChoice("cpu");
  public static final BackendChoice CUDA = new BackendChoice("cuda");

  /** What can be written, for messages. */
  public static final String EXPECTED =
      "one of auto, cpu, cuda, a device such as cuda:1, or several such as cuda:0,1";

  public BackendChoice {
    if (!NAMES.matcher(name).matches()) {
      throw new ConfigException("", name, EXPECTED, "");
    }
    List<Integer> named = devices(name);
    if (named.stream().distinct().count() < named.size()) {
      throw new ConfigException("", name, "each device once", "");
    }
  }

  /** The first devices of a backend, {@code cpu} or {@code cuda}, as many as a run had. */
  public static BackendChoice of(String backend, int workers) {
    String devices =
        IntStream.range(0, workers).mapToObj(Integer::toString).collect(Collectors.joining(","));
    return new BackendChoice(workers == 1 ? backend : backend + ":" + devices);
  }

  /** Whether this is the CPU, whole or divided. */
  boolean isCpu() {
    return name.startsWith("cpu");
  }

  /** Indices of the devices that are asked for; none if any will do. */
  List<Integer> devices() {
    return devices(name);
  }

  private static List<Integer> devices(String name) {
    int colon = name.indexOf(':');
    return colon < 0
        ? List.of()
        : Arrays.stream(name.substring(colon + 1).split(",")).map(Integer::valueOf).toList();
  }
}
