package dev.dl.core.backend;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;

/** Versions and builds of what does the tensor math. */
public final class TensorLibraries {
  private static final String ND4J = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  private TensorLibraries() {}

  /** Versions by name, as a run records them, once a backend was selected. Loads oneDNN. */
  public static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("nd4j", nd4jVersion());
    versions.put("nd4jBuild", nd4jBuild(NativeLibraries.GENERIC));
    versions.put("oneDnn", loadedOneDnn());
    versions.put("openBlas", OpenBlas.loadedCoreType());
    return versions;
  }

  /** Platform and build of ND4J's library: the one selected, else {@code otherwise}. */
  static String nd4jBuild(NativeLibraries otherwise) {
    return NativeLibraries.platform()
        + System.getProperty(NativeLibraries.EXTENSION_PROPERTY, otherwise.extension());
  }

  private static String loadedOneDnn() {
    try {
      return oneDnnVersion();
    } catch (LinkageError missing) {
      return "none";
    }
  }

  static String oneDnnVersion() {
    try (dnnl_version_t version = dnnl.dnnl_version()) {
      return version.major() + "." + version.minor() + "." + version.patch();
    }
  }

  private static String nd4jVersion() {
    Properties properties = new Properties();
    try (InputStream in = TensorLibraries.class.getResourceAsStream(ND4J)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      return "unknown";
    }
    return properties.getProperty("version", "unknown");
  }
}
