package dev.dl.core.backend;

import com.sun.jna.NativeLibrary;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Which of its kernels OpenBLAS takes. Version 0.3.19 takes processors that came after it for ones
 * without AVX: matrix products of an Intel Xeon of 2023 are six times slower then.
 */
final class OpenBlas {
  /** Read by OpenBLAS when it is loaded (https://github.com/OpenMathLib/OpenBLAS, README). */
  private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

  private OpenBlas() {}

  /** The kernels that fit a processor; empty if OpenBLAS may choose. */
  static Optional<String> coreType(CpuFeatures cpu) {
    if (!cpu.avx2()) {
      return Optional.empty();
    }
    if (cpu.vendor().equals("AuthenticAMD")) {
      return Optional.of("Zen");
    }
    return Optional.of(cpu.avx512() ? "SkylakeX" : "Haswell");
  }

  /** Has OpenBLAS take the kernels that fit; without effect once it is loaded, or if a user has. */
  static void choose(CpuFeatures cpu) {
    if (System.getenv(CORE_TYPE) == null && !System.getProperty("os.name").startsWith("Windows")) {
      coreType(cpu)
          .ifPresent(
              type ->
                  NativeLibrary.getInstance("c")
                      .getFunction("setenv")
                      .invokeInt(new Object[] {CORE_TYPE, type, 0}));
    }
  }

  /** The name of the kernels that it has taken; loads it. */
  static String loadedCoreType() {
    String library = Loader.load(openblas_nolapack.class);
    return NativeLibrary.getInstance(library)
        .getFunction("openblas_get_corename")
        .invokeString(new Object[0], false);
  }
}
