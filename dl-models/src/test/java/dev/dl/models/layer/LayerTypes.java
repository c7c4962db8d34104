package dev.dl.models.layer;

import dev.dl.models.graph.Graph;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes that implement {@link Layer}, for tests that none may be left out of. */
public final class LayerTypes {
  private LayerTypes() {}

  /** Those on the class path. */
  public static Set<Class<?>> all() throws IOException, URISyntaxException {
    Path folder = Path.of(Layer.class.getResource("Layer.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> load(name.substring(0, name.length() - ".class".length())))
          .filter(type -> Layer.class.isAssignableFrom(type) && !type.isInterface())
          .collect(Collectors.toSet());
    }
  }

  /** Those in the graphs. */
  public static Set<Class<?>> in(Stream<Graph> graphs) {
    return graphs
        .flatMap(graph -> graph.nodes().stream())
        .filter(node -> !node.isInput())
        .map(node -> node.layer().getClass())
        .collect(Collectors.toSet());
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(Layer.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
