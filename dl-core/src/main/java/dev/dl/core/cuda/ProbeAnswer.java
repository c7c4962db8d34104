package dev.dl.core.cuda;

import java.util.List;

/**
 * What a child process found, as it is printed in one line of JSON.
 *
 * @param failure what went wrong; {@code null} if nothing
 * @param detail of the failure
 * @param cudaVersion the newest that the driver runs, {@code 11060}; 0 if it was not asked
 * @param devices that the driver shows; empty if it was not asked
 * @param cudnn version of cuDNN, {@code 8302}; 0 if it was not asked
 */
record ProbeAnswer(
    Failure failure, String detail, int cudaVersion, List<CudaDevice> devices, long cudnn) {

  /** What can go wrong without the process ending. */
  enum Failure {
    /** The driver's library cannot be loaded, or a function of it does not succeed. */
    DRIVER,
    /** The driver has no device, or none that this process may see. */
    NO_DEVICE,
    /** A library that ND4J needs cannot be loaded. */
    LIBRARY,
    /** Something computes otherwise than the CPU. */
    NUMBERS
  }

  ProbeAnswer {
    devices = List.copyOf(devices);
  }

  static ProbeAnswer ofDriver(int cudaVersion, List<CudaDevice> devices) {
    return new ProbeAnswer(null, null, cudaVersion, devices, 0);
  }

  static ProbeAnswer ofComputation(long cudnn) {
    return new ProbeAnswer(null, null, 0, List.of(), cudnn);
  }

  static ProbeAnswer failed(Failure failure, String detail, int cudaVersion) {
    return new ProbeAnswer(failure, detail, cudaVersion, List.of(), 0);
  }
}
