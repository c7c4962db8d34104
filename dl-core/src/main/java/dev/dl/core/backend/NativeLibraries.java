package dev.dl.core.backend;

import java.util.List;
import java.util.function.Predicate;

/**
 * ND4J's builds for the CPU, of which the one that fits the processor is to be loaded.
 *
 * <p>JavaCPP would take the first that it finds on the class path, whether the processor has its
 * instructions or not.
 */
public enum NativeLibraries {
  AVX512("-onednn-avx512"),
  AVX2("-onednn-avx2"),
  GENERIC("");

  /** Read by JavaCPP when it loads a library: which of a platform's builds to take. */
  static final String EXTENSION_PROPERTY = "org.bytedeco.javacpp.platform.extension";

  private static final String RESOURCE = "org/nd4j/linalg/cpu/nativecpu/bindings/%s%s/%s";

  private final String extension;

  NativeLibraries(String extension) {
    this.extension = extension;
  }

  /** What JavaCPP calls the build: {@code -onednn-avx2}; empty for the generic one. */
  public String extension() {
    return extension;
  }

  /**
   * The fastest build that the processor can run and that is there.
   *
   * @param present whether a build is on the class path
   * @throws BackendUnavailableException if there is none
   */
  static NativeLibraries choose(CpuFeatures cpu, Predicate<NativeLibraries> present) {
    return List.of(values()).stream()
        .filter(build -> build.fits(cpu) && present.test(build))
        .findFirst()
        .orElseThrow(
            () ->
                new BackendUnavailableException(
                    "cpu",
                    "no build of ND4J for " + platform() + " is on the class path",
                    "build dl on this machine with ./dl, which chooses the one that fits"));
  }

  private boolean fits(CpuFeatures cpu) {
    return switch (this) {
      case AVX512 -> cpu.avx512();
      case AVX2 -> cpu.avx2();
      case GENERIC -> true;
    };
  }

  /** Whether this build's library is on the class path. */
  boolean isPresent() {
    String library = System.mapLibraryName("nd4jcpu");
    String resource = RESOURCE.formatted(platform(), extension, library);
    return NativeLibraries.class.getClassLoader().getResource(resource) != null;
  }

  /** Makes JavaCPP load this build; without effect once ND4J is loaded. A user's choice stands. */
  void use() {
    if (System.getProperty(EXTENSION_PROPERTY) == null) {
      System.setProperty(EXTENSION_PROPERTY, extension);
    }
  }

  /** JavaCPP's name of the platform: {@code linux-x86_64}. */
  static String platform() {
    String system = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
    String name =
        system.startsWith("mac") ? "macosx" : system.startsWith("windows") ? "windows" : "linux";
    String architecture = System.getProperty("os.arch");
    return name + "-" + (architecture.equals("amd64") ? "x86_64" : architecture);
  }
}
