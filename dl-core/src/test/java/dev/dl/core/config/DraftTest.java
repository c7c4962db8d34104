package dev.dl.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftTest {

  record Holder(@Default("{}") Draft rest, @Default("[]") List<Draft> others) {}

  record Bound(@Minimum(1) int count, @Default("a") String word, @Default("{}") Inner inner) {}

  record Inner(@Default("0.5") double share) {}

  private static Draft draft(String yaml) {
    return ConfigReader.parse("rest: " + yaml, "test", List.of(), Holder.class).rest();
  }

  @Test
  void takesWhateverIsThere() {
    Draft group = draft("{a: 1, b: [x, {c: null}], d: {e: true}}");

    assertThat(group.isGroup()).isTrue();
    assertThat(group.entries()).containsOnlyKeys("a", "b", "d");
    assertThat(group.entries().get("b").elements()).hasSize(2);
    assertThat(group.find("d.e").flatMap(Draft::text)).contains("true");
    assertThat(group.find("a.e")).isEmpty();
    assertThat(draft("[1, 2]").elements())
        .extracting(each -> each.text().orElse(""))
        .containsExactly("1", "2");
    assertThat(draft("x").entries()).isEmpty();
    assertThat(new Holder(Draft.EMPTY, List.of()))
        .isEqualTo(ConfigReader.parse("", "test", List.of(), Holder.class));
  }

  @Test
  void becomesARecordOnceItIsPutTogether() {
    Draft settings =
        draft("{count: 0}")
            .with("count", Draft.of(7))
            .with("inner.share", draft("0.25"))
            .with("word", Draft.of("7"));

    assertThat(settings.bind(Bound.class)).isEqualTo(new Bound(7, "7", new Inner(0.25)));
    assertThatThrownBy(
            () -> settings.with("count", Draft.NULL).with("odd", Draft.of(1)).bind(Bound.class))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            odd: got an unknown key, expected one of count, word, inner
            count: got null, expected a whole number of at least 1""");
  }

  @Test
  void isWrittenAsItWasRead() {
    String yaml =
        """
        rest:
          a: 1e-3
          b:
          - x y
          - true
          - null
          - {}
          c: "yes: 1"
        others:
        - 2
        - d: []
        """;

    Holder holder = ConfigReader.parse(yaml, "test", List.of(), Holder.class);

    assertThat(ConfigWriter.yaml(holder)).isEqualTo(yaml);
  }

  @Test
  void isReadFromAFileOfSettings(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), "\uFEFFcount: 3\n");
    Path list = Files.writeString(folder.resolve("b.yaml"), "[1]");

    assertThat(Draft.read(file).bind(Bound.class).count()).isEqualTo(3);
    assertThatThrownBy(() -> Draft.read(list))
        .hasMessage(list + ": got a list, expected a group of settings");
  }
}
