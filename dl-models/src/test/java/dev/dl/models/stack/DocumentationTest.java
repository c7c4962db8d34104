package dev.dl.models.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.config.Default;
import dev.dl.core.config.Kinds;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DocumentationTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "OWN-ARCHITECTURES.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9-]+)` \\| ?(.*?) ?\\| .*");

  @Test
  void theTableListsTheBlocksThatExistWithTheirSettingsAndDefaults() throws IOException {
    Map<String, String> documented = new LinkedHashMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        documented.put(row.group(1), row.group(2));
      }
    }
    Map<String, String> existing = new LinkedHashMap<>();
    for (Class<?> block : Block.class.getPermittedSubclasses()) {
      existing.put(Kinds.name(block), settings(block));
    }

    assertThat(existing).hasSize(27);
    assertThat(documented).containsExactlyEntriesOf(existing);
  }

  private static String settings(Class<?> block) {
    return Arrays.stream(block.getRecordComponents())
        .map(DocumentationTest::setting)
        .collect(Collectors.joining(", "));
  }

  private static String setting(RecordComponent component) {
    Default fallback = component.getAnnotation(Default.class);
    return "`" + component.getName() + (fallback == null ? "" : ": " + fallback.value()) + "`";
  }
}
