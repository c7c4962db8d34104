package dev.dl.core.data.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.data.image.Image;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AuditPageTest {
  private static final String HOSTILE = "<script>alert('x')</script>&\"\u001b[2J";
  private static final String HARMLESS =
      "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;\ufffd[2J";

  @Test
  void escapesWhateverComesFromTheData() {
    Sample sample = new Sample(HOSTILE, HOSTILE, HOSTILE, HOSTILE, null);
    Audit audit =
        new Audit(
            List.of(new AuditTable(HOSTILE, List.of(HOSTILE), List.of(List.of(HOSTILE)))),
            List.of(new Finding(FindingKind.LEAK, HOSTILE, List.of(sample))));

    String page = AuditPage.html(HOSTILE, audit);

    assertThat(page).doesNotContain("<script").doesNotContain("\u001b").doesNotContain("{{");
    assertThat(page.split(Pattern.quote(HARMLESS), -1)).hasSize(10 + 1);
  }

  @Test
  void showsPicturesInsideThePage() {
    Image picture = new Image(1, 2, 2, new byte[] {0, 50, 100, (byte) 200});
    Sample sample = new Sample("train", "a.png", "cat", null, picture);

    String page =
        AuditPage.html(
            "pets",
            new Audit(
                List.of(), List.of(new Finding(FindingKind.LEAK, "", List.of(sample, sample)))));

    assertThat(page.split("src=\"data:image/png;base64,iVBOR", -1)).hasSize(3);
    assertThat(page).doesNotContain("http:", "https:").contains("train · cat");
  }

  @Test
  void saysHowMuchItLeavesOut() {
    Sample sample = new Sample("train", "a.png", null, null, null);
    Finding finding = new Finding(FindingKind.DUPLICATE, "", Collections.nCopies(25, sample));

    assertThat(AuditPage.html("", new Audit(List.of(), List.of(finding)))).contains("and 5 more");
    assertThat(AuditPage.html("", new Audit(List.of(), Collections.nCopies(1_007, finding))))
        .contains("and 7 more; --json lists them all");
  }
}
