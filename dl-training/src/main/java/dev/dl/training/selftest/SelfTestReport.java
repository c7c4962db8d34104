package dev.dl.training.selftest;

import dev.dl.core.backend.DoctorReport;
import java.util.List;
import java.util.Map;

/**
 * What a self-test found, for a bug report.
 *
 * @param version of dl
 * @param compared which implementations
 * @param machine what it was done on
 * @param agreements by case; the last is the losses of a short training
 * @param sides what each did; a side that failed is not there
 * @param failures how sides failed
 */
public record SelfTestReport(
    String version,
    String compared,
    DoctorReport machine,
    List<Agreement> agreements,
    Map<String, SideReport> sides,
    List<String> failures) {

  public SelfTestReport {
    agreements = List.copyOf(agreements);
    failures = List.copyOf(failures);
  }

  /** Whether both sides did everything, and agree. */
  public boolean passed() {
    return failures.isEmpty() && agreements.stream().allMatch(Agreement::agrees);
  }
}
