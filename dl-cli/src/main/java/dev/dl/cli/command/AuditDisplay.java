package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.cli.terminal.Printable;
import dev.dl.cli.terminal.Table;
import dev.dl.core.data.audit.Audit;
import dev.dl.core.data.audit.AuditTable;
import dev.dl.core.data.audit.Finding;
import dev.dl.core.data.audit.FindingKind;
import dev.dl.core.data.audit.Severity;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** An audit on the terminal: of everything the first lines, and how many more there are. */
final class AuditDisplay {
  private static final int MOST_LINES = 10;

  private final Console console;

  AuditDisplay(Console console) {
    this.console = console;
  }

  /** Prints the figures, then the findings, the worst first. */
  void show(Audit audit) {
    audit.tables().forEach(this::show);
    for (FindingKind kind : FindingKind.values()) {
      List<Finding> findings = audit.findings(kind);
      if (!findings.isEmpty()) {
        show(kind, findings);
      }
    }
    long errors = audit.count(Severity.ERROR);
    long warnings = audit.count(Severity.WARNING);
    console.out().println(errors + " errors, " + warnings + " warnings");
  }

  private void show(AuditTable figures) {
    PrintStream out = console.out();
    out.println(figures.title());
    Table table =
        new Table(
            figures.header().stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
    figures.rows().stream().limit(MOST_LINES).forEach(row -> table.add(row.toArray(String[]::new)));
    out.print(table.text());
    more(figures.rows().size());
    out.println();
  }

  private void show(FindingKind kind, List<Finding> findings) {
    PrintStream out = console.out();
    String severity = kind.severity().name().toLowerCase(Locale.ROOT);
    String remedy = kind.remedy().isEmpty() ? "" : "; " + kind.remedy();
    out.println(severity + ": " + kind.title() + " (" + findings.size() + ")" + remedy);
    findings.stream()
        .limit(MOST_LINES)
        .forEach(finding -> out.println("  " + Printable.of(finding.message())));
    more(findings.size());
    out.println();
  }

  private void more(int lines) {
    if (lines > MOST_LINES) {
      console.out().println("  and " + (lines - MOST_LINES) + " more");
    }
  }
}
