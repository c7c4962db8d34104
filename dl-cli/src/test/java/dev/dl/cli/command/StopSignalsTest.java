package dev.dl.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Terminal;
import dev.dl.training.loop.StopReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalsTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Integer> halted = new ArrayList<>();
  private final StopSignals signals =
      StopSignals.detached(
          new Console(
              System.out, new PrintStream(err, true, StandardCharsets.UTF_8), Terminal.NONE),
          halted::add);

  @Test
  void letsATrainingGoOnWithoutASignal() {
    assertThat(signals.afterStep(null)).isEmpty();
    assertThat(signals.received()).isEmpty();
  }

  @Test
  void asksForAStopAtTheFirstInterrupt() {
    signals.receive(ExitCode.INTERRUPT);

    assertThat(signals.afterStep(null)).contains(StopReason.INTERRUPTED);
    assertThat(signals.afterEpoch(null)).contains(StopReason.INTERRUPTED);
    assertThat(signals.duringEvaluation()).contains(StopReason.INTERRUPTED);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("again to leave at once");
    assertThat(halted).isEmpty();
  }

  @Test
  void leavesAtOnceAtTheSecondInterrupt() {
    signals.receive(ExitCode.INTERRUPT);
    signals.receive(ExitCode.INTERRUPT);

    assertThat(halted).containsExactly(130);
  }

  @Test
  void keepsTheFirstSignalForTheExitCode() {
    signals.receive(ExitCode.TERMINATED);
    signals.receive(ExitCode.HANGUP);

    assertThat(signals.received()).contains(ExitCode.TERMINATED);
    assertThat(halted).isEmpty();
  }
}
