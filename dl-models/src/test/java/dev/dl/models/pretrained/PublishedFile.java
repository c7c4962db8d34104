package dev.dl.models.pretrained;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/**
 * Files of artifacts that are too large to be dependencies: tests that want them are skipped unless
 * the local Maven repository has them ({@code mvn dependency:get -Dtransitive=false
 * -Dartifact=GROUP:ARTIFACT:VERSION}).
 */
final class PublishedFile {
  private PublishedFile() {}

  /**
   * A file of an artifact, copied into a folder under its own name.
   *
   * @param group with slashes
   * @param entry the file's path in the jar
   */
  static Path of(String group, String artifact, String version, String entry, Path folder)
      throws IOException {
    Path repository =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    Path jar =
        repository
            .resolve(group + "/" + artifact + "/" + version)
            .resolve(artifact + "-" + version + ".jar");
    assumeTrue(Files.isRegularFile(jar), "skipped: there is no " + jar);
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(entry))) {
      Path file = folder.resolve(Path.of(entry).getFileName());
      Files.copy(in, file);
      return file;
    }
  }
}
