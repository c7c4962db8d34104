package dev.dl.core.backend;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.nd4j.common.config.ND4JClassLoading;

/**
 * Hides CUDA from ND4J, which would otherwise prefer it whenever it is on the class path and can be
 * told not to only from outside the process (BACKEND_PRIORITY_GPU).
 */
final class CpuOnlyClassLoader extends ClassLoader {
  private static final String SERVICES = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  private CpuOnlyClassLoader(ClassLoader parent) {
    super(parent);
  }

  /** Makes ND4J look for its backends through this loader. */
  static void install() {
    ND4JClassLoading.setNd4jClassloader(
        new CpuOnlyClassLoader(CpuOnlyClassLoader.class.getClassLoader()));
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> resources = super.getResources(name);
    if (!name.equals(SERVICES)) {
      return resources;
    }
    List<URL> ofTheCpu =
        Collections.list(resources).stream()
            .filter(resource -> !resource.toString().contains("nd4j-cuda"))
            .toList();
    return Collections.enumeration(ofTheCpu);
  }
}
