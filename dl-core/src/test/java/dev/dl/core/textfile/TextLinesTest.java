package dev.dl.core.textfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextLinesTest {
  @Test
  void endsEveryLineInTheSameWay() throws IOException {
    assertThat(lines("a\nb\r\nc\rd\r\r\ne", 80))
        .containsExactly("1a\n", "2b\n", "3c\n", "4d\n", "5\n", "6e");
    assertThat(lines("\n", 80)).containsExactly("1\n");
    assertThat(lines("", 80)).isEmpty();
  }

  @Test
  void takesLongLinesApartButNoPairOfSurrogates() throws IOException {
    assertThat(lines("abcdefg\nh", 3)).containsExactly("1abc", "1def", "1g\n", "2h");
    assertThat(lines("ab😀c", 3)).containsExactly("1ab", "1😀c");
    assertThat(lines("😀😀\n", 2)).containsExactly("1😀", "1😀", "1\n");
  }

  private static List<String> lines(String text, int maximum) throws IOException {
    List<String> all = new ArrayList<>();
    try (TextLines lines = new TextLines(new StringReader(text), maximum)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(lines.number() + line);
      }
    }
    return all;
  }
}
