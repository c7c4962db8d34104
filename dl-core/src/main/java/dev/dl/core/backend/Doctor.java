package dev.dl.core.backend;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.dl.core.backend.DoctorReport.Libraries;
import dev.dl.core.backend.DoctorReport.Memory;
import dev.dl.core.backend.DoctorReport.Problem;
import dev.dl.core.cuda.Cuda;
import dev.dl.core.cuda.CudaFindings;
import dev.dl.core.kernel.update.VectorApi;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Examines a machine; loads the tensor libraries to see that they work. */
public final class Doctor {
  private static final long MEBIBYTE = 1 << 20;
  private static final long LITTLE_MEMORY_MEBIBYTES = 4096;

  private final List<Problem> problems = new ArrayList<>();

  private Doctor() {}

  /** What this machine and this build offer. */
  public static DoctorReport examine() {
    return new Doctor().report();
  }

  private DoctorReport report() {
    CpuFeatures cpu = CpuFeatures.detect();
    CudaFindings cuda = Cuda.examine(null);
    Backend backend = Backend.decide(BackendChoice.AUTO, List.of(cuda));
    Libraries libraries = examineLibraries(cpu);
    Memory memory = memory();
    int threads = threads(cpu);
    if (cuda.obstacle() != null && !cuda.nothingThere()) {
      problems.add(new Problem(cuda.obstacle().found(), cuda.obstacle().remedy()));
    }
    if (memory.machineMebibytes() < LITTLE_MEMORY_MEBIBYTES) {
      problems.add(
          new Problem(
              memory.machineMebibytes() + " MiB of memory",
              "train with a small training.microBatchSize"));
    }
    if (threads > cpu.cores()) {
      problems.add(
          new Problem(
              "OMP_NUM_THREADS=" + threads + " on " + cpu.cores() + " cores",
              "unset it, or set it to at most the number of physical cores"));
    }
    return new DoctorReport(
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        cpu,
        threads,
        memory,
        libraries,
        backend,
        cuda,
        problems);
  }

  private Libraries examineLibraries(CpuFeatures cpu) {
    try {
      NativeLibraries build = NativeLibraries.choose(cpu, NativeLibraries::isPresent);
      Backend.select(BackendChoice.CPU);
      boolean gemm = gemmIsRight();
      if (!gemm) {
        problems.add(
            new Problem(
                "ND4J's matrix product is wrong on this processor",
                "report it with this output; -D"
                    + NativeLibraries.EXTENSION_PROPERTY
                    + "= in"
                    + " DL_JAVA_OPTIONS takes the generic build"));
      }
      return new Libraries(
          TensorLibraries.nd4jBuild(build),
          oneDnnVersion(),
          OpenBlas.loadedCoreType(),
          vectorBits(),
          VectorApi.present(),
          gemm);
    } catch (BackendUnavailableException | LinkageError unusable) {
      problems.add(
          new Problem(
              "the tensor libraries cannot be loaded: " + unusable.getMessage(),
              "remove the folder ~/.javacpp/cache, run mvn clean, then ./dl doctor again"));
      return new Libraries("none", null, null, vectorBits(), VectorApi.present(), false);
    }
  }

  /** A product of whole numbers, so that every right answer is exact. */
  private static boolean gemmIsRight() {
    INDArray left = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});
    INDArray right = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {1, 1}});
    return left.mmul(right).equals(Nd4j.createFromArray(new float[][] {{4, 5}, {10, 11}}));
  }

  private String oneDnnVersion() {
    try {
      Loader.load(dnnl.class);
    } catch (LinkageError missing) {
      problems.add(
          new Problem(
              "oneDNN cannot be loaded, and ND4J's operations compute, many times slower: "
                  + missing.getMessage(),
              "remove the folder ~/.javacpp/cache, run mvn clean, then ./dl doctor again"));
      return null;
    }
    return TensorLibraries.oneDnnVersion();
  }

  /** What HotSpot found that the processor has. */
  private static int vectorBits() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return Byte.SIZE * Integer.parseInt(machine.getVMOption("MaxVectorSize").getValue());
  }

  private static Memory memory() {
    long machine =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return new Memory(
        machine / MEBIBYTE,
        Runtime.getRuntime().maxMemory() / MEBIBYTE,
        Pointer.maxBytes() / MEBIBYTE);
  }

  private static int threads(CpuFeatures cpu) {
    String set = System.getenv("OMP_NUM_THREADS");
    return set != null && set.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(set) : cpu.cores();
  }
}
