package dev.dl.cli.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way that the JVM's report takes when native code crashes: the JVM was given its place before
 * the run was known, so that place is a link, which leads to the run while it goes on.
 */
public final class CrashReports implements AutoCloseable {
  /** Where the launcher lets the JVM write its report. */
  private static final String PLACE = "dl.crashes";

  private static final Logger LOG = LoggerFactory.getLogger(CrashReports.class);

  private final Path link;

  private CrashReports(Path link) {
    this.link = link;
  }

  /** Lets a report land in a run directory; elsewhere if the link cannot be made. */
  public static CrashReports leadTo(Path run) {
    String place = System.getProperty(PLACE);
    if (place == null) {
      return new CrashReports(null);
    }
    Path link = Path.of(place);
    try {
      Files.createDirectories(link.getParent());
      Files.deleteIfExists(link); // of a process that crashed or was killed, with the same number
      Files.createSymbolicLink(link, run);
      return new CrashReports(link);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("a crash would not be reported in {}", run, e);
      return new CrashReports(null);
    }
  }

  @Override
  public void close() {
    if (link != null) {
      try {
        Files.deleteIfExists(link);
      } catch (IOException e) {
        LOG.debug("{} stays", link, e);
      }
    }
  }
}
