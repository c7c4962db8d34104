package dev.dl.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long nanos;

  @Test
  void redrawsOneLineOnATerminal() {
    ProgressDisplay display = display(new Terminal(true, 110, false, true));

    showStep(display, 40, 200);

    assertThat(printed())
        .isEqualTo(
            "\r\u001B[Kepoch 1/5  ━━━━━━━──────  step 40/80  loss 0.3561  accuracy 88.1%"
                + "  1,600 samples/s  data wait 2.5%  0:14 left");
  }

  @Test
  void redrawsAtMostTenTimesASecond() {
    ProgressDisplay display = display(new Terminal(true, 110, false, true));

    for (int step = 1; step <= 80; step++) {
      showStep(display, step, 10);
    }

    assertThat(printed().split("\r", -1)).hasSize(1 + 8);
  }

  @Test
  void leavesOutWhatDoesNotFitANarrowTerminal() {
    for (int width = 12; width < 120; width++) {
      bytes.reset();
      showStep(display(new Terminal(true, width, false, true)), 40, 200);
      String line = printed().substring("\r\u001B[K".length());
      assertThat(line).startsWith("epoch 1/5").hasSizeLessThan(width);
    }
  }

  @Test
  void printsPlainLinesNowAndThenWhereNothingCanBeRedrawn() {
    ProgressDisplay display = display(Terminal.NONE);

    for (int step = 1; step <= 80; step++) {
      showStep(display, step, 200);
    }

    assertThat(printed())
        .doesNotContain("\u001B", "\r", "━")
        .hasLineCount(1)
        .startsWith("epoch 1/5  step 50/80  loss ");
  }

  @Test
  void drawsTheBarInAsciiWhereThereIsNothingElse() {
    showStep(display(new Terminal(true, 110, false, false)), 40, 200);

    assertThat(printed()).contains("#######......  ").matches("[\\x00-\\x7F]*");
  }

  @Test
  void alignsTheTableOfEpochsAndMarksTheBest() {
    ProgressDisplay display = display(Terminal.NONE);

    display.afterEpoch(ProgressDisplayDemo.epoch(3));
    display.afterEpoch(ProgressDisplayDemo.epoch(4));

    assertThat(printed())
        .isEqualTo(
            """
              epoch  train loss  train acc  val loss  val acc  samples/s  data wait     time
                3/5      0.3000     90.00%    0.3933   86.67%      1,597       2.5%     0:04  ★ best
                4/5      0.2250     92.50%    0.3300   89.00%      1,597       2.5%     0:04
            """);
  }

  @Test
  void clearsTheProgressLineBeforeTheTableGrowsAndAtTheEnd() {
    ProgressDisplay display = display(new Terminal(true, 60, false, true));

    showStep(display, 80, 200);
    display.afterEpoch(ProgressDisplayDemo.epoch(1));
    showStep(display, 1, 200);
    display.close();

    assertThat(printed()).contains("left\r\u001B[K  epoch").endsWith("left\r\u001B[K");
  }

  @Test
  void showsNothingOfAWritingThatWouldSteerTheTerminal() {
    ProgressDisplay display = display(Terminal.NONE);

    display.afterEpoch(ProgressDisplayDemo.epoch(1, Optional.of("a\u001B[2J\rb\u202Ec")));

    assertThat(printed()).endsWith("    a\\u001B[2J\n    b\\u202Ec\n");
  }

  private ProgressDisplay display(Terminal terminal) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ProgressDisplay(out, terminal, 5, () -> nanos);
  }

  private void showStep(ProgressDisplay display, int step, int afterMillis) {
    nanos += Duration.ofMillis(afterMillis).toNanos();
    display.afterStep(ProgressDisplayDemo.step(1, step));
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
