package dev.dl.core.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dl.core.process.ChildProcess;
import dev.dl.core.process.ChildProcess.End;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The probe with child processes that answer as those of other machines would. */
@EnabledOnOs(OS.LINUX)
class CudaProbeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(2);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "driver too old | the NVIDIA driver runs CUDA 11.4, but 11.6 is needed | install NVIDIA driver 510 or newer",
        "driver fails | does not work (cuInit: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH) | nvidia-smi works, restart",
        "no device | the NVIDIA driver finds no GPU | nvidia-smi lists one",
        "hopper | no machine code for cuda:0 NVIDIA H100, 24000 MiB, compute capability 9.0, only for compute capabilities 3.7 to 8.9 | use --backend cpu",
        "driver crashes | the NVIDIA driver crashed (C [jna | report it",
        "driver is killed | the NVIDIA driver crashed (signal 6) | report it",
        "garbage | no answer that can be read (exit 3: {\"devices\": [}) | report it",
        "cudnn missing | cuDNN does not load (libcudnn.so.8: cannot open | remove the folder ~/.javacpp/cache",
        "part of cudnn missing | cuDNN does not load (Could not load library libcudnn_cnn | remove the folder ~/.javacpp/cache",
        "library missing | CUDA libraries do not load (libcublas.so.11 | remove the folder ~/.javacpp/cache",
        "wrong product | computes wrongly (matrix product: 0.0 at 0, the CPU has 4.0) | report it",
      })
  void tellsWhatIsWrongAndWhatToDo(String machine, String found, String remedy) {
    CudaFindings findings = probe(machine).examine(Optional.empty(), null, Map.of());

    assertThat(findings.device()).isNull();
    assertThat(findings.obstacle().found()).contains(found);
    assertThat(findings.obstacle().remedy()).contains(remedy).contains("--backend cpu");
  }

  @ParameterizedTest
  @CsvSource({
    "driver hangs, the NVIDIA driver did not answer within 2 s",
    "computation hangs, 'cuda:0 NVIDIA GeForce RTX 3090, 24000 MiB, compute capability 8.6 did not'"
  })
  void stopsAChildThatHangs(String machine, String found) {
    Duration driverLimit = machine.startsWith("driver") ? SHORT : LIMIT;
    CudaProbe probe = new CudaProbe(fake(machine), true, driverLimit, SHORT);
    CudaFindings findings = probe.examine(Optional.empty(), null, Map.of());

    assertThat(findings.obstacle().found()).contains(found);
    assertThat(findings.obstacle().remedy()).contains("restart the machine");
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void takesADeviceOnWhichTheNumbersAreRight() {
    CudaFindings findings = probe("ada").examine(Optional.of("535.104.05"), null, Map.of());

    assertThat(findings.obstacle()).isNull();
    assertThat(findings.usable().orElseThrow().name()).isEqualTo("NVIDIA GeForce RTX 4090");
    assertThat(findings.driver()).isEqualTo("535.104.05");
    assertThat(findings.cuda()).isEqualTo("12.2");
    assertThat(findings.cudnn()).isEqualTo("8.3.2");
  }

  @Test
  void passesOverADeviceThatCannotBeUsedUnlessItIsAskedFor() {
    CudaProbe probe = probe("hopper and ampere");

    assertThat(probe.examine(Optional.empty(), null, Map.of()).device()).isEqualTo(1);
    assertThat(probe.examine(Optional.empty(), 1, Map.of()).device()).isEqualTo(1);
    assertThat(probe.examine(Optional.empty(), 0, Map.of()).obstacle().found())
        .contains("NVIDIA H100")
        .doesNotContain("3090");
    assertThat(probe.examine(Optional.empty(), 2, Map.of()).obstacle().found())
        .startsWith("there is no device 2, only cuda:0 NVIDIA H100");
  }

  @Test
  void saysThatDevicesWereHidden() {
    CudaFindings findings =
        probe("no device").examine(Optional.empty(), null, Map.of("CUDA_VISIBLE_DEVICES", ""));

    assertThat(findings.obstacle().found()).contains("CUDA_VISIBLE_DEVICES=''");
  }

  @Test
  void tellsTheDevicesToABuildWithoutCudaButDoesNotCompute() {
    CudaProbe probe = new CudaProbe(fake("computation hangs"), false, LIMIT, SHORT);
    CudaFindings findings = probe.examine(Optional.empty(), null, Map.of());

    assertThat(findings.devices()).hasSize(1);
    assertThat(findings.obstacle().found()).isEqualTo("this build has no CUDA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver crashes", "driver hangs"})
  void leavesNoFilesBehind(String machine) throws IOException {
    End end = fake(machine).run(Duration.ofSeconds(10), ProbeProcess.DRIVER);

    Path folder = Path.of(end.out().lines().findFirst().orElseThrow());
    assertThat(folder.getFileName().toString()).startsWith("dl-probe-");
    assertThat(folder).doesNotExist();
  }

  @Test
  void theChildNamesALibraryThatIsMissing() throws IOException {
    ChildProcess child = new ChildProcess(List.of(), List.of(ProbeProcess.class.getName()));
    End end = child.run(LIMIT, ProbeProcess.COMPUTE, "0");

    assertThat(end.out()).contains("\"failure\":\"LIBRARY\",\"detail\":\"ND4J's CUDA backend\"");
    assertThat(end.exitCode()).isZero();
  }

  private static CudaProbe probe(String machine) {
    return new CudaProbe(fake(machine), true, LIMIT, LIMIT);
  }

  private static ChildProcess fake(String machine) {
    return new ChildProcess(List.of(), List.of(FakeProbe.class.getName(), machine));
  }
}
