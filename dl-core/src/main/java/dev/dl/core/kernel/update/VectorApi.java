package dev.dl.core.kernel.update;

/**
 * The Vector API (https://openjdk.org/jeps/508), a module of Java that is still incubating: only a
 * Java that was started with {@link #OPTION} has it, and says so at each start.
 */
public final class VectorApi {
  private static final String MODULE = "jdk.incubator.vector";

  /** What has Java bring it. */
  public static final String OPTION = "--add-modules " + MODULE;

  private VectorApi() {}

  /** Whether this Java has it. */
  public static boolean present() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }
}
