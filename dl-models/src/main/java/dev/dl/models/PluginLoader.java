package dev.dl.models;

import dev.dl.core.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Loads the plugins of a process; all of them see each other's classes. */
final class PluginLoader {
  private static final String OPTION = "--plugins";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final String SERVICE = "META-INF/services/" + ModelProvider.class.getName();

  private PluginLoader() {}

  /**
   * The plugins in jars and in folders of jars.
   *
   * @throws NoSuchFileException if there is no such file
   * @throws ConfigException if one is no plugin, or does not work
   */
  static List<Plugin> load(List<Path> paths) throws IOException {
    Set<Path> jars = new LinkedHashSet<>();
    for (Path path : paths) {
      jars.addAll(jars(path));
    }
    Map<Path, List<Model>> models = new LinkedHashMap<>();
    for (Path jar : jars) {
      models.put(jar, new ArrayList<>());
    }
    // Open as long as the process lives: classes are loaded when they are first used.
    URLClassLoader loader = new URLClassLoader(urls(jars), PluginLoader.class.getClassLoader());
    for (var provider : found(jars, loader)) {
      Path jar = Path.of(URI.create(location(provider)));
      models.get(jar).addAll(working(jar, provider));
    }
    if (models.values().stream().allMatch(List::isEmpty)) {
      throw new ConfigException(
          OPTION, paths + " without a model", SERVICE + " in a jar", "docs/PLUGINS.md shows one");
    }
    List<Plugin> plugins = new ArrayList<>();
    for (var entry : models.entrySet()) {
      plugins.add(new Plugin(entry.getKey(), sha256(entry.getKey()), entry.getValue()));
    }
    return plugins;
  }

  private static List<Path> jars(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (!Files.isDirectory(path)) {
      requireJar(path);
      return List.of(path.toRealPath());
    }
    List<Path> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        jars.addAll(jars(file));
      }
    }
    return jars;
  }

  /** The class loader would pass over what is no jar. */
  private static void requireJar(Path file) throws IOException {
    try (ZipFile jar = new ZipFile(file.toFile())) {
      jar.size();
    } catch (ZipException damaged) {
      throw new ConfigException(
          OPTION, file + " (" + damaged.getMessage() + ")", "a jar or a folder of jars", "");
    }
  }

  private static URL[] urls(Set<Path> jars) {
    return jars.stream().map(PluginLoader::url).toArray(URL[]::new);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (IOException impossible) {
      throw new IllegalArgumentException(jar + " has no address", impossible);
    }
  }

  private static List<ServiceLoader.Provider<ModelProvider>> found(
      Set<Path> jars, ClassLoader loader) {
    return attempt(
        jars.toString(),
        () ->
            ServiceLoader.load(ModelProvider.class, loader).stream()
                .filter(provider -> provider.type().getClassLoader() == loader)
                .toList());
  }

  private static String location(ServiceLoader.Provider<ModelProvider> provider) {
    return provider.type().getProtectionDomain().getCodeSource().getLocation().toExternalForm();
  }

  /** The models of a provider, each defined once, so that a mistake in one shows here. */
  private static List<Model> working(Path jar, ServiceLoader.Provider<ModelProvider> provider) {
    List<Model> models = attempt(jar.toString(), () -> List.copyOf(provider.get().models()));
    for (Model model : models) {
      if (!NAME.matcher(model.name()).matches()) {
        throw new ConfigException(
            OPTION,
            "'" + model.name() + "' in " + jar,
            "a name of letters, digits, dots and hyphens",
            "");
      }
      attempt(jar.getFileName() + ": " + model.name(), () -> Objects.requireNonNull(model.graph()));
    }
    return models;
  }

  /** Whatever goes wrong in a user's code is the user's to mend. */
  private static <T> T attempt(String where, Supplier<T> code) {
    try {
      return code.get();
    } catch (RuntimeException | LinkageError | ServiceConfigurationError failure) {
      throw new ConfigException(
          OPTION,
          where + " (" + failure + ")",
          "a plugin that works",
          "compile it against the jars of this dl");
    }
  }

  private static String sha256(Path jar) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
