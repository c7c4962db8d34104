package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.training.loop.Callback;
import dev.dl.training.loop.EpochResult;
import dev.dl.training.loop.StepResult;
import dev.dl.training.loop.StopReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The signals that end a training: the first asks it to finish its step and save, a second
 * interrupt leaves at once. After a hang-up or a request to terminate, which others send and wait
 * for, it leaves in time even if a step or an evaluation takes longer; the last checkpoint stands.
 */
final class StopSignals implements Callback, AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(25);
  private static final Map<ExitCode, String> NAMES =
      new EnumMap<>(
          Map.of(ExitCode.INTERRUPT, "INT", ExitCode.TERMINATED, "TERM", ExitCode.HANGUP, "HUP"));

  private final Console console;
  private final IntConsumer halt;
  private final AtomicReference<ExitCode> received = new AtomicReference<>();
  private final Map<ExitCode, SignalHandler> before = new EnumMap<>(ExitCode.class);

  private StopSignals(Console console, IntConsumer halt) {
    this.console = console;
    this.halt = halt;
  }

  /** Takes over the signals of this process until closed. */
  static StopSignals install(Console console) {
    return install(console, Runtime.getRuntime()::halt);
  }

  /**
   * The same.
   *
   * @param halt how the process leaves at once
   */
  static StopSignals install(Console console, IntConsumer halt) {
    StopSignals signals = new StopSignals(console, halt);
    NAMES.forEach(
        (code, name) ->
            signals.before.put(
                code, Signal.handle(new Signal(name), signal -> signals.receive(code))));
    return signals;
  }

  /**
   * Takes over the signals of a process that another one started: the end of its standard input is
   * how that one, also if it is killed, asks it to stop. An interrupt, which a terminal sends to
   * both, is left to it.
   */
  static StopSignals ofChild(Console console, InputStream input) {
    StopSignals signals = install(console);
    Signal.handle(new Signal(NAMES.get(ExitCode.INTERRUPT)), SignalHandler.SIG_IGN);
    Thread watch =
        new Thread(
            () -> {
              try {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException gone) {
                // as its end
              }
              signals.receive(ExitCode.TERMINATED);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
    return signals;
  }

  /** Without taking over anything, for tests. */
  static StopSignals detached(Console console, IntConsumer halt) {
    return new StopSignals(console, halt);
  }

  /** The code that the process is to exit with, if a signal came. */
  Optional<ExitCode> received() {
    return Optional.ofNullable(received.get());
  }

  void receive(ExitCode code) {
    if (!received.compareAndSet(null, code)) {
      if (code == ExitCode.INTERRUPT) {
        halt.accept(code.number());
      }
      return;
    }
    if (code == ExitCode.INTERRUPT) {
      console.message("stopping after this step or batch, then saving; again to leave at once");
    } else {
      leaveAfterGrace(code);
    }
  }

  private void leaveAfterGrace(ExitCode code) {
    Thread watch =
        new Thread(
            () -> {
              try {
                Thread.sleep(GRACE.toMillis());
                halt.accept(code.number());
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            },
            "stop-after-grace");
    watch.setDaemon(true);
    watch.start();
  }

  @Override
  public Optional<StopReason> afterStep(StepResult result) {
    return received().map(code -> StopReason.INTERRUPTED);
  }

  @Override
  public Optional<StopReason> duringEvaluation() {
    return received().map(code -> StopReason.INTERRUPTED);
  }

  @Override
  public Optional<StopReason> afterEpoch(EpochResult result) {
    return received().map(code -> StopReason.INTERRUPTED);
  }

  @Override
  public void close() {
    before.forEach((code, handler) -> Signal.handle(new Signal(NAMES.get(code)), handler));
  }
}
