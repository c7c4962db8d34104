package dev.dl.training.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.backend.Doctor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SelfTestTest {

  @Test
  void comparesTheImplementationsOfTheCpuWhereThereIsNoGpu() throws Exception {
    List<String> progress = new ArrayList<>();
    SelfTestReport report = SelfTest.run(Doctor.examine(), progress::add);

    assertThat(report.failures()).isEmpty();
    assertThat(report.agreements())
        .hasSize(SelfTestCases.agreement().size() + 1)
        .allSatisfy(each -> assertThat(each.agrees()).as(each.toString()).isTrue());
    assertThat(report.passed()).isTrue();
    assertThat(report.compared()).isEqualTo("the CPU's kernels with ND4J's operations on the CPU");
    assertThat(report.sides().get("the CPU's kernels").speeds()).hasSize(6);
    assertThat(progress).hasSize(2);
  }
}
