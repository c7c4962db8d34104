package dev.dl.core.cuda;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What there is of CUDA.
 *
 * @param driver version of the kernel's part of the driver, such as {@code 510.47.03}; {@code null}
 *     if there is none, or nothing tells
 * @param cuda the newest version of CUDA that the driver runs; {@code null} if it was not asked
 * @param devices that the driver shows; empty if it was not asked
 * @param device index of the one to compute on, on which the numbers were right; {@code null} if
 *     there is none
 * @param cudnn version of cuDNN; {@code null} if it was not asked
 * @param obstacle why there is no device to compute on; {@code null} if there is one
 */
public record CudaFindings(
    String driver,
    String cuda,
    List<CudaDevice> devices,
    Integer device,
    String cudnn,
    CudaObstacle obstacle) {

  public CudaFindings {
    devices = List.copyOf(devices);
    if ((device == null) == (obstacle == null)) {
      throw new IllegalArgumentException("a device to compute on, or an obstacle: " + obstacle);
    }
  }

  /** Before the driver was asked. */
  static CudaFindings without(String driver, CudaObstacle obstacle) {
    return new CudaFindings(driver, null, List.of(), null, null, obstacle);
  }

  /** Whether there is nothing of NVIDIA's here, as on most machines. */
  public boolean nothingThere() {
    return Stream.of(true, false)
        .map(built -> CudaObstacle.noDriver(Optional.empty(), built))
        .anyMatch(absent -> absent.equals(obstacle));
  }

  /** Whether all that is missing is a build with CUDA. */
  public boolean lacksOnlyTheBuild() {
    return CudaObstacle.notBuilt().equals(obstacle);
  }

  /** The device to compute on. */
  public Optional<CudaDevice> usable() {
    return devices.stream().filter(each -> device != null && each.index() == device).findFirst();
  }
}
