package dev.dl.cli.process;

import dev.dl.core.backend.Compute;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A copy of the launcher in a project of its own, whose Maven does not build: its jars lead to the
 * class path of this test.
 */
final class BuiltProject {
  private static final String MAVEN =
      """
      #!/bin/sh
      mkdir -p dl-cli/target/lib
      for jar in lib/dl-core-1.jar lib/picocli-4.jar dl-cli-1.jar; do
        cp tools/classes.jar dl-cli/target/$jar
      done
      """;

  private BuiltProject() {}

  /** Makes the project in an empty folder, with a script in it; returns the script. */
  static Path script(Path project, String content) throws IOException {
    executable(project.resolve("dl"), Files.readString(Path.of("..", "dl")));
    Files.createDirectories(project.resolve("dl-cli/src/main/java"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.writeString(project.resolve("dl-cli/pom.xml"), "<project/>");
    Path tools = Files.createDirectory(project.resolve("tools"));
    executable(tools.resolve("mvn"), MAVEN);
    writeClasses(tools.resolve("classes.jar"));
    return Files.writeString(project.resolve("script"), content);
  }

  /** What the launcher is to be started with. */
  static Map<String, String> environment(Path project) {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "PATH",
        project.resolve("tools") + File.pathSeparator + System.getenv("PATH"),
        "DL_JAVA_OPTIONS",
        "-Xmx1g -D%s=%s"
            .formatted(Compute.KERNELS_PROPERTY, System.getProperty(Compute.KERNELS_PROPERTY, "")));
  }

  /** An empty jar whose manifest names everything on the class path. */
  private static void writeClasses(Path jar) throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(element -> Path.of(element).toUri().toString())
            .collect(Collectors.joining(" "));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
  }

  private static void executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    file.toFile().setExecutable(true);
  }
}
