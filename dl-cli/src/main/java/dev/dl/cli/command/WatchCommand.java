package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.watch.WatchServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows runs in a browser while they go on. */
@Command(mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder of the runs (default: runs), or one run.")
  private Path folder = Path.of("runs");

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen (default: ${DEFAULT-VALUE}); 0 for any free port.")
  private int port = 6116;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = {
        "What to listen on (default: ${DEFAULT-VALUE}). Any other lets everybody who can reach it",
        "see the runs, and stop them."
      })
  private String address = "127.0.0.1";

  WatchCommand(Console console) {
    this.console = console;
  }

  /** Until a signal ends the process, for which there is nothing to save. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    try (WatchServer server = WatchServer.start(folder, address, port)) {
      console.out().println(server.url());
      if (!InetAddress.getByName(address).isLoopbackAddress()) {
        console.message("everybody who can reach " + address + " can see these runs and stop them");
      }
      console.message("watching " + folder + "; Ctrl-C ends it");
      new CountDownLatch(1).await();
    }
    return ExitCode.SUCCESS.number();
  }
}
