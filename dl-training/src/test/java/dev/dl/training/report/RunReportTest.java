package dev.dl.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @Test
  void carriesEverythingThatItWasGiven() throws IOException {
    JsonNode data = data(SampleReport.create().html());

    assertThat(data.at("/name").asText()).isEqualTo("quickstart");
    assertThat(data.at("/metrics")).hasSize(96);
    assertThat(data.at("/classes/confusion/3/3").asInt()).isEqualTo(87);
    assertThat(data.at("/mistakes/0/png").binaryValue()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(data.at("/seen/text").asText()).isEqualTo("│<b>bold</b>│");
    assertThat(data.at("/spec").asText()).startsWith("name: quickstart\n");
  }

  @Test
  void keepsHostileLabelsInsideTheData() throws IOException {
    String html = SampleReport.create().html();

    assertThat(html).doesNotContain(SampleReport.HOSTILE);
    assertThat(data(html).at("/classes/names/9").asText()).isEqualTo(SampleReport.HOSTILE);
  }

  @Test
  void needsNothingFromTheNetwork() throws IOException {
    String html = SampleReport.create().html();

    assertThat(html).doesNotContain(" src=\"", " href=\"", "@import", "url(", "{{");
    assertThat(html).contains("default-src 'none'");
    assertThat(html).contains("Permission is hereby granted");
  }

  @Test
  void runsNoScriptButItsOwn() throws Exception {
    String html = SampleReport.create().html();
    String policy = html.substring(html.indexOf("default-src"), html.indexOf("<title>"));

    assertThat(policy).contains("script-src 'sha256-").doesNotContain("unsafe", "*", "http");
    Matcher scripts = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
    int found = 0;
    for (; scripts.find(); found++) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(scripts.group(1).getBytes(StandardCharsets.UTF_8));
      assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
    assertThat(found).isEqualTo(2);
  }

  @Test
  void keepsDollarsAndBackslashesOfTheSpec() throws IOException {
    String spec = "name: $1\\2 {{css}}\n";
    RunReport report =
        new RunReport(
            "n", spec, Map.of(), Map.of("status", "completed"), List.of(), null, List.of(), null);

    assertThat(data(report.html()).at("/spec").asText()).isEqualTo(spec);
  }

  @Test
  void refusesConfusionsOfAnotherNumberOfClasses() {
    assertThatThrownBy(() -> new ClassResults("test", List.of("a", "b"), List.of(), new long[2][2]))
        .hasMessageContaining("2 classes");
  }

  private static JsonNode data(String html) throws IOException {
    Matcher data = DATA.matcher(html);
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }
}
