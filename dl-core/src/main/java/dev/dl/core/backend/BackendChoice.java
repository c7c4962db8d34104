package dev.dl.core.backend;

import dev.dl.core.config.ConfigException;
import dev.dl.core.config.Shorthand;
import java.util.regex.Pattern;

/**
 * What the user asked the tensor math to run on.
 *
 * @param name {@code auto}, {@code cpu}, {@code cuda}, or {@code cuda:1} for a certain device
 */
@Shorthand
public record BackendChoice(String name) {
  private static final Pattern NAMES = Pattern.compile("auto|cpu|cuda(:[0-9]{1,2})?");

  public static final BackendChoice AUTO = new BackendChoice("auto");
  public static final BackendChoice CPU = new BackendChoice("cpu");
  public static final BackendChoice CUDA = new BackendChoice("cuda");

  /** What can be written, for messages. */
  public static final String EXPECTED = "one of auto, cpu, cuda, or a device such as cuda:1";

  public BackendChoice {
    if (!NAMES.matcher(name).matches()) {
      throw new ConfigException("", name, EXPECTED, "");
    }
  }

  /** Index of the device that is asked for; {@code null} if any will do. */
  Integer device() {
    int colon = name.indexOf(':');
    return colon < 0 ? null : Integer.valueOf(name.substring(colon + 1));
  }
}
