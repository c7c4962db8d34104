package dev.dl.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Plugins compiled and packed as {@code docs/PLUGINS.md} says. */
final class PluginJar {
  private static final Path EXAMPLE = Path.of("..", "docs", "plugin-example");
  private static final Path SERVICE = Path.of("META-INF/services/dev.dl.models.ModelProvider");

  private PluginJar() {}

  /** The documented example. */
  static Path example(Path folder, String name) throws IOException {
    return of(
        EXAMPLE.resolve("src"), Files.readString(EXAMPLE.resolve(SERVICE)), folder.resolve(name));
  }

  /** The sources below a folder and the file that names their provider. */
  static Path of(Path sources, String service, Path jar) throws IOException {
    Path classes = Files.createTempDirectory(jar.getParent(), ".classes-");
    compile(sources, classes);
    Files.createDirectories(classes.resolve(SERVICE).getParent());
    Files.writeString(classes.resolve(SERVICE), service);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out)) {
      for (Path file : files(classes)) {
        packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, packed);
      }
    }
    return jar;
  }

  private static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> words =
        new ArrayList<>(
            List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
    words.addAll(List.of("-proc:none", "-Werror"));
    files(sources).forEach(file -> words.add(file.toString()));
    assertThat(compiler.run(null, null, null, words.toArray(String[]::new))).isZero();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
