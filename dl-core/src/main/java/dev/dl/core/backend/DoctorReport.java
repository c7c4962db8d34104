package dev.dl.core.backend;

import dev.dl.core.cuda.CudaFindings;
import java.util.List;

/**
 * What a machine offers to a training, and what to do about what it lacks.
 *
 * @param cpu the processor
 * @param threads that the tensor math uses
 * @param memory of machine and process
 * @param libraries builds and versions of what runs the tensor math
 * @param backend what {@code --backend auto} takes
 * @param cuda what there is of it
 * @param problems empty if all is well
 */
public record DoctorReport(
    String system,
    String java,
    CpuFeatures cpu,
    int threads,
    Memory memory,
    Libraries libraries,
    Backend backend,
    CudaFindings cuda,
    List<Problem> problems) {

  public DoctorReport {
    problems = List.copyOf(problems);
  }

  /**
   * How much memory there is.
   *
   * @param machineMebibytes physical memory
   * @param heapMebibytes most that Java objects may take
   * @param offHeapMebibytes most that tensors may take
   */
  public record Memory(long machineMebibytes, long heapMebibytes, long offHeapMebibytes) {}

  /**
   * What runs the tensor math.
   *
   * @param nd4j platform and build of ND4J's library
   * @param oneDnn version of oneDNN, or {@code null} if it cannot be loaded
   * @param openBlas which of its kernels OpenBLAS takes, or {@code null} if it cannot be loaded
   * @param vectorBits the longest vectors that Java compiles our own loops to
   * @param vectorApi whether optimizers work by the Vector API, without copies
   * @param gemm whether a small matrix product came out right
   */
  public record Libraries(
      String nd4j,
      String oneDnn,
      String openBlas,
      int vectorBits,
      boolean vectorApi,
      boolean gemm) {}

  /** Something that is not as it should be. */
  public record Problem(String found, String remedy) {}
}
