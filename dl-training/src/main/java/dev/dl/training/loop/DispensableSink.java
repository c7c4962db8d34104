package dev.dl.training.loop;

import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sink that a run does without as soon as it fails, which is told once. */
public final class DispensableSink implements MetricsSink {
  private static final Logger LOG = LoggerFactory.getLogger(DispensableSink.class);
  private static final MetricsSink NOTHING = line -> {};

  private final String name;
  private MetricsSink sink;

  private DispensableSink(String name) {
    this.name = name;
    this.sink = NOTHING;
  }

  /** Makes a sink, which may fail too. */
  @FunctionalInterface
  public interface Opening {
    MetricsSink open() throws IOException;
  }

  /**
   * Opens a sink.
   *
   * @param name of the setting that asks for it
   */
  public static DispensableSink open(String name, Opening opening) {
    DispensableSink dispensable = new DispensableSink(name);
    try {
      dispensable.sink = opening.open();
    } catch (IOException | RuntimeException failure) {
      dispensable.giveUp(failure);
    }
    return dispensable;
  }

  @Override
  public void write(Map<String, Object> line) {
    try {
      sink.write(line);
    } catch (IOException | RuntimeException failure) {
      giveUp(failure);
    }
  }

  private void giveUp(Exception failure) {
    sink = NOTHING;
    LOG.warn("{}: given up, training goes on without: {}", name, failure.toString());
  }
}
