package dev.dl.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.dl.cli.terminal.Console;

/**
 * The logging of the command line: on the terminal only dl's warnings and everybody's errors, so
 * that ND4J's start-up lines stay out of sight. Found by Logback as a service; quicker than reading
 * a file.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class QuietLogging extends ContextAwareBase implements Configurator {
  static final String OWN = "dev.dl";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    ToConsole console = new ToConsole(Console.system());
    console.setContext(context);
    console.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(console);
    context.getLogger(OWN).setLevel(Level.DEBUG);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Prints what the user should know as a message. */
  private static final class ToConsole extends AppenderBase<ILoggingEvent> {
    private final Console console;

    ToConsole(Console console) {
      this.console = console;
    }

    @Override
    protected void append(ILoggingEvent event) {
      Level least = event.getLoggerName().startsWith(OWN) ? Level.WARN : Level.ERROR;
      if (event.getLevel().isGreaterOrEqual(least)) {
        console.message(event.getFormattedMessage());
      }
    }
  }
}
