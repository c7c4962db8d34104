package dev.dl.core.data.audit;

import dev.dl.core.data.image.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/**
 * An audit as one self-contained page, without scripts. Whatever comes from the data is escaped;
 * previews are PNG pictures of our own making.
 */
public final class AuditPage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  /** Further findings of a kind are listed without pictures. */
  private static final int MOST_SHOWN = 100;

  private static final int MOST_LISTED = 1_000;
  private static final int MOST_NAMED = 20;

  private AuditPage() {}

  /**
   * The page.
   *
   * @param title what was audited
   */
  public static String html(String title, Audit audit) {
    Map<String, String> parts =
        Map.of(
            "css", resource("audit.css"),
            "title", escaped(title),
            "summary", summary(audit),
            "findings", findings(audit),
            "tables", audit.tables().stream().map(AuditPage::table).collect(Collectors.joining()));
    return PLACEHOLDER
        .matcher(resource("audit.html"))
        .replaceAll(match -> Matcher.quoteReplacement(parts.get(match.group(1))));
  }

  private static String summary(Audit audit) {
    StringBuilder html = new StringBuilder();
    for (Severity severity : Severity.values()) {
      html.append(
          "<div class=\"%s\"><dt>%ss</dt><dd>%d</dd></div>\n"
              .formatted(name(severity), name(severity), audit.count(severity)));
    }
    return html.toString();
  }

  private static String findings(Audit audit) {
    StringBuilder html = new StringBuilder();
    for (FindingKind kind : FindingKind.values()) {
      List<Finding> findings = audit.findings(kind);
      if (!findings.isEmpty()) {
        html.append(section(kind, findings));
      }
    }
    return html.toString();
  }

  private static String section(FindingKind kind, List<Finding> findings) {
    StringBuilder html = new StringBuilder();
    html.append(
        "<section class=\"%s\">\n<h2><span class=\"mark\">%s</span> %s <small>%d</small></h2>\n"
            .formatted(
                name(kind.severity()), name(kind.severity()), kind.title(), findings.size()));
    html.append("<p class=\"remedy\">").append(escaped(kind.remedy())).append("</p>\n");
    int listed = Math.min(findings.size(), MOST_LISTED);
    for (int i = 0; i < listed; i++) {
      html.append(finding(findings.get(i), i < MOST_SHOWN));
    }
    if (findings.size() > listed) {
      html.append(
          "<p>and %d more; --json lists them all</p>\n".formatted(findings.size() - listed));
    }
    return html.append("</section>\n").toString();
  }

  private static String finding(Finding finding, boolean shown) {
    StringBuilder html = new StringBuilder("<article>\n<p>");
    html.append(escaped(finding.message())).append("</p>\n");
    if (shown && !finding.samples().isEmpty()) {
      html.append("<div class=\"samples\">\n");
      finding.samples().stream().limit(MOST_NAMED).forEach(sample -> html.append(sample(sample)));
      html.append("</div>\n");
      int more = finding.samples().size() - MOST_NAMED;
      html.append(more > 0 ? "<p>and " + more + " more</p>\n" : "");
    }
    return html.append("</article>\n").toString();
  }

  private static String sample(Sample sample) {
    StringBuilder html = new StringBuilder("<figure>\n");
    if (sample.picture() != null) {
      html.append("<img alt=\"\" src=\"data:image/png;base64,")
          .append(Base64.getEncoder().encodeToString(png(sample.picture())))
          .append("\">\n");
    }
    if (sample.text() != null) {
      html.append("<blockquote>").append(escaped(sample.text())).append("</blockquote>\n");
    }
    html.append("<figcaption><b>").append(escaped(sample.name())).append("</b><br>");
    html.append(escaped(sample.split()));
    html.append(sample.label() == null ? "" : " · " + escaped(sample.label()));
    return html.append("</figcaption>\n</figure>\n").toString();
  }

  private static String table(AuditTable table) {
    StringBuilder html = new StringBuilder("<section>\n<h2>");
    html.append(escaped(table.title())).append("</h2>\n<div class=\"scroll\"><table>\n<tr>");
    table.header().forEach(cell -> html.append("<th>").append(escaped(cell)).append("</th>"));
    html.append("</tr>\n");
    table.rows().stream()
        .limit(MOST_LISTED)
        .forEach(
            row -> {
              html.append("<tr>");
              row.forEach(cell -> html.append("<td>").append(escaped(cell)).append("</td>"));
              html.append("</tr>\n");
            });
    int more = table.rows().size() - MOST_LISTED;
    html.append("</table></div>\n");
    return html.append(more > 0 ? "<p>and " + more + " more</p>\n" : "")
        .append("</section>\n")
        .toString();
  }

  private static byte[] png(Image image) {
    Image colours = image.withChannels(3);
    int plane = image.height() * image.width();
    byte[] pixels = colours.pixels();
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int red = pixels[i] & 0xff;
      int green = pixels[plane + i] & 0xff;
      int blue = pixels[2 * plane + i] & 0xff;
      buffered.setRGB(i % image.width(), i / image.width(), red << 16 | green << 8 | blue);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(buffered, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String name(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Text that a page shows as it is; control characters, which it could not, as a sign for them.
   */
  private static String escaped(String text) {
    StringBuilder html = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(Character.isISOControl(c) && c != '\n' ? '\ufffd' : c);
      }
    }
    return html.toString();
  }

  private static String resource(String name) {
    try (InputStream in = AuditPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
