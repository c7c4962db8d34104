package dev.dl.core.data.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
  @ParameterizedTest
  @CsvSource({"1e3, 1000", "-0.5, -0.5", "+.25, 0.25", "7., 7", "0123, 123", "' 4\t', 4"})
  void readsNumbers(String text, double number) {
    assertThat(cell(text).number()).isEqualTo(number);
  }

  @Test
  void readsTheSameNumbersInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(cell("1.234").number()).isEqualTo(1.234);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1d", "0x10", "1,5", "1 000", "--1", "1e", ".", "٣", "1_000"})
  void tellsWhereSomethingElseThanANumberIs(String text) {
    assertThatThrownBy(() -> cell(text).number())
        .isInstanceOf(CellException.class)
        .hasMessage("table.csv:7:2 age: found '" + text + "', expected a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-Infinity", "1e999", "-1e101"})
  void refusesWhatNoSumOfSquaresCanHold(String text) {
    assertThatThrownBy(() -> cell(text).number())
        .hasMessage(
            "table.csv:7:2 age: found '%s', expected a finite number, of at most 1e100"
                .formatted(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "NA", "NaN", "nan", "null", "NULL", "?"})
  void knowsWhatIsMissing(String text) {
    assertThat(cell(text).isMissing()).isTrue();
    assertThat(cell(text).number()).isNaN();
    assertThat(cell(text).dateTime()).isEmpty();
  }

  @Test
  void takesNoTextAsMissingAndOtherWordsAsValues() {
    assertThat(cell(null).isMissing()).isTrue();
    assertThat(cell("na").isMissing()).isFalse();
    assertThat(cell("none").isMissing()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29, 2024-02-29T00:00",
    "2024-02-29T13:05, 2024-02-29T13:05",
    "2024-02-29 13:05:07, 2024-02-29T13:05:07",
    "2024-02-29T23:30:00-05:00, 2024-03-01T04:30",
    "2024-02-29T13:05:00.25Z, 2024-02-29T13:05:00.25",
  })
  void readsDates(String text, LocalDateTime date) {
    assertThat(cell(text).dateTime()).contains(date);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-02-29", "2024-13-01", "24-01-01", "01.02.2024", "2024-01-01T25:00"})
  void refusesDatesThatAreNotInTheCalendarOrNotIso(String text) {
    assertThat(cell(text).dateIfAny()).isEmpty();
    assertThatThrownBy(() -> cell(text).dateTime())
        .hasMessageStartingWith("table.csv:7:2 age: found '" + text + "', expected a date");
  }

  @Test
  void showsLongTextsOnOneShortLine() {
    assertThat(cell("a\nb" + "c".repeat(100)).shown()).isEqualTo("'a b" + "c".repeat(37) + "…'");
  }

  private static Cell cell(String text) {
    return new Cell(TestRows.FILE, 7, 2, "age", text);
  }
}
