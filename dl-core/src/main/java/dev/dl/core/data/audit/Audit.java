package dev.dl.core.data.audit;

import java.util.Comparator;
import java.util.List;

/**
 * What an audit found.
 *
 * @param tables figures, such as how many samples of each class there are
 * @param findings by their kinds, the worst first
 */
public record Audit(List<AuditTable> tables, List<Finding> findings) {

  public Audit {
    tables = List.copyOf(tables);
    findings = findings.stream().sorted(Comparator.comparing(Finding::kind)).toList();
  }

  /** An audit that came no further than to problems, one line each. */
  public static Audit unreadable(List<String> problems) {
    return new Audit(
        List.of(),
        problems.stream().map(line -> Finding.of(FindingKind.UNREADABLE, line)).toList());
  }

  /** The findings of one kind. */
  public List<Finding> findings(FindingKind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).toList();
  }

  /** How many findings are as bad as this. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
