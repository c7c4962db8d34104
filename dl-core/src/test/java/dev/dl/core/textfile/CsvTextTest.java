package dev.dl.core.textfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTextTest {

  @Test
  void whatASpreadsheetWouldComputeStaysText() {
    List<String> cells = List.of("=1+1", "+1", "-x", "@a", "\tb", "-1.5E-7", "a, \"b\"", "plain");

    assertThat(CsvText.of(List.of(List.of("name", "-2"), cells)))
        .isEqualTo("name,-2\n'=1+1,'+1,'-x,'@a,'\tb,-1.5E-7,\"a, \"\"b\"\"\",plain\n");
  }
}
