package dev.dl.core.cuda;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is of CUDA on this machine. Nothing of it is loaded into this process. */
public final class Cuda {
  private static final Logger LOG = LoggerFactory.getLogger(Cuda.class);

  private Cuda() {}

  /**
   * What there is, from an earlier process where nothing has changed since.
   *
   * @param device index of the one that is wanted; {@code null} for the first that can be used
   * @param again examine afresh what could not be used when it was examined before
   */
  public static CudaFindings find(Integer device, boolean again) {
    Optional<DriverLibrary> library = DriverLibrary.find();
    Optional<String> module = DriverLibrary.kernelModule();
    if (library.isEmpty()) {
      return absent(module);
    }
    if (!CudaBinaries.present()) {
      return CudaFindings.without(module.orElse(null), CudaObstacle.notBuilt());
    }
    FindingsCache cache = FindingsCache.standard();
    Map<String, String> environment = System.getenv();
    List<String> key = FindingsCache.key(library.get(), module, environment);
    return cache
        .find(device, key)
        .filter(stored -> stored.obstacle() == null || !again)
        .orElseGet(
            () -> {
              LOG.warn("examining CUDA, once for this driver and build; may take a minute");
              CudaFindings findings = CudaProbe.standard().examine(module, device, environment);
              cache.store(device, key, findings);
              return findings;
            });
  }

  /** What there is, examined afresh; the devices are told by a build without CUDA too. */
  public static CudaFindings examine(Integer device) {
    Optional<DriverLibrary> library = DriverLibrary.find();
    Optional<String> module = DriverLibrary.kernelModule();
    if (library.isEmpty()) {
      return absent(module);
    }
    Map<String, String> environment = System.getenv();
    CudaFindings findings = CudaProbe.standard().examine(module, device, environment);
    if (CudaBinaries.present()) {
      FindingsCache.standard()
          .store(device, FindingsCache.key(library.get(), module, environment), findings);
    }
    return findings;
  }

  private static CudaFindings absent(Optional<String> module) {
    return CudaFindings.without(
        module.orElse(null), CudaObstacle.noDriver(module, CudaBinaries.present()));
  }
}
