package dev.dl.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  private StatusLine line(Terminal terminal) {
    return new StatusLine(new PrintStream(out, true, StandardCharsets.UTF_8), terminal, nanos::get);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void isRedrawnOnATerminalWithWhatHasRoom() {
    StatusLine line = line(new Terminal(true, 20, false, true));
    assertThat(line.isDue()).isFalse();
    nanos.set(1_000_000_000);
    assertThat(line.isDue()).isTrue();

    line.show(List.of("3/12 runs", "", "a-seed1", "not shown"));

    assertThat(printed()).isEqualTo("\r\u001B[K3/12 runs  a-seed1");
    assertThat(line.isDue()).isFalse();
    line.clear();
    line.clear();
    assertThat(printed()).isEqualTo("\r\u001B[K3/12 runs  a-seed1\r\u001B[K");
  }

  @Test
  void isALineAMinuteElsewhere() {
    StatusLine line = line(Terminal.NONE);
    nanos.set(59_000_000_000L);
    assertThat(line.isDue()).isFalse();
    nanos.set(60_000_000_000L);
    assertThat(line.isDue()).isTrue();

    line.show(List.of("3/12 runs", "a\u001B[2J"));
    line.clear();

    assertThat(printed()).isEqualTo("3/12 runs  a\\u001B[2J\n");
  }
}
