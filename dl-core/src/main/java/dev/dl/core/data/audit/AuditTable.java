package dev.dl.core.data.audit;

import java.util.List;

/**
 * Figures of an audit.
 *
 * @param header names of the columns
 * @param rows of as many cells as the header has
 */
public record AuditTable(String title, List<String> header, List<List<String>> rows) {
  public AuditTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
