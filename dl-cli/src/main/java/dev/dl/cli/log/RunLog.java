package dev.dl.cli.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.dl.core.run.FileSystem;
import dev.dl.core.run.FileSystem.OutputFile;
import dev.dl.training.loop.Callback;
import dev.dl.training.loop.EpochResult;
import dev.dl.training.loop.StepResult;
import dev.dl.training.loop.StopReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one run: every event from the moment it is attached until it is closed. A line that
 * could not be written ends the run after the step, as a metrics line does.
 */
public final class RunLog implements Callback, AutoCloseable {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0}: %msg%n%ex";

  private final ch.qos.logback.classic.Logger root;
  private final ToFile appender;

  private RunLog(ch.qos.logback.classic.Logger root, ToFile appender) {
    this.root = root;
    this.appender = appender;
  }

  /** Appends to a file, the run directory's {@code log.txt}, whose folder exists. */
  public static RunLog attach(Path file, FileSystem storage) throws IOException {
    OutputFile output = Files.exists(file) ? storage.append(file) : storage.create(file);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    ToFile appender = new ToFile(encoder, output);
    appender.setContext(context);
    appender.setName(file.toString());
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    return new RunLog(root, appender);
  }

  @Override
  public Optional<StopReason> afterStep(StepResult result) {
    return requireWritten();
  }

  @Override
  public Optional<StopReason> afterEpoch(EpochResult result) {
    return requireWritten();
  }

  private Optional<StopReason> requireWritten() {
    if (appender.failure != null) {
      throw new UncheckedIOException(appender.failure);
    }
    return Optional.empty();
  }

  /** Detaches the log; throws what kept a line from being written. */
  @Override
  public void close() throws IOException {
    root.detachAppender(appender);
    appender.stop();
    appender.output.close();
    if (appender.failure != null) {
      throw appender.failure;
    }
  }

  /** Logback's own appender drops what it cannot write. */
  private static final class ToFile extends AppenderBase<ILoggingEvent> {
    private final PatternLayoutEncoder encoder;
    private final OutputFile output;
    private volatile IOException failure;

    ToFile(PatternLayoutEncoder encoder, OutputFile output) {
      this.encoder = encoder;
      this.output = output;
    }

    /** One thread at a time calls it. */
    @Override
    protected void append(ILoggingEvent event) {
      try {
        output.write(encoder.encode(event));
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        }
      }
    }
  }
}
