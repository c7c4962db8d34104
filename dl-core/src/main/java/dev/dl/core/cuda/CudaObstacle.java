package dev.dl.core.cuda;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why CUDA cannot be used.
 *
 * @param found what is wrong
 * @param remedy what to do about it
 */
public record CudaObstacle(String found, String remedy) {
  private static final String OR_CPU = ", or use --backend cpu";
  private static final String INSTALL =
      "install NVIDIA driver %d or newer".formatted(CudaBinaries.DRIVER_BRANCH) + OR_CPU;
  private static final String REPORT = "report it with the output of ./dl doctor" + OR_CPU;

  static CudaObstacle noDriver(Optional<String> kernelModule, boolean built) {
    String build = built ? "" : ", and this build has no CUDA";
    return kernelModule
        .map(
            version ->
                new CudaObstacle(
                    "NVIDIA driver "
                        + version
                        + " runs, but its library libcuda.so.1 is missing"
                        + build,
                    "reinstall the driver; start a container with its GPUs (docker run --gpus all)"
                        + OR_CPU))
        .orElse(new CudaObstacle("no NVIDIA driver found" + build, INSTALL));
  }

  static CudaObstacle notBuilt() {
    return new CudaObstacle(
        "this build has no CUDA",
        "start ./dl of the sources with --backend cuda, or take an archive with CUDA" + OR_CPU);
  }

  static CudaObstacle driverFails(String detail) {
    return new CudaObstacle(
        "the NVIDIA driver does not work (" + detail + ")",
        "see that nvidia-smi works, restart the machine after an update of the driver" + OR_CPU);
  }

  static CudaObstacle driverTooOld(int cudaVersion) {
    return new CudaObstacle(
        "the NVIDIA driver runs CUDA %s, but %s is needed"
            .formatted(
                CudaBinaries.version(cudaVersion), CudaBinaries.version(CudaBinaries.CUDA_VERSION)),
        INSTALL);
  }

  /**
   * @param visible what {@code CUDA_VISIBLE_DEVICES} says; {@code null} if nothing
   */
  static CudaObstacle noDevice(String visible) {
    return visible == null
        ? new CudaObstacle(
            "the NVIDIA driver finds no GPU",
            "see that nvidia-smi lists one; start a container with its GPUs (docker run --gpus all)"
                + OR_CPU)
        : new CudaObstacle(
            "no GPU is visible with CUDA_VISIBLE_DEVICES='" + visible + "'",
            "unset it or name others" + OR_CPU);
  }

  static CudaObstacle noSuchDevice(int device, List<CudaDevice> devices) {
    return new CudaObstacle(
        "there is no device %d, only %s".formatted(device, list(devices)), "choose one of these");
  }

  static CudaObstacle unsupportedDevices(List<CudaDevice> devices) {
    return new CudaObstacle(
        "ND4J has no machine code for %s, only for compute capabilities 3.7 to 8.9"
            .formatted(list(devices)),
        "use --backend cpu, or another GPU");
  }

  static CudaObstacle libraryMissing(String detail) {
    return detail.contains("cudnn")
        ? new CudaObstacle("cuDNN does not load (" + detail + ")", rebuild())
        : new CudaObstacle("ND4J's CUDA libraries do not load (" + detail + ")", rebuild());
  }

  private static String rebuild() {
    return "remove the folder ~/.javacpp/cache, run mvn clean, then ./dl doctor again" + OR_CPU;
  }

  static CudaObstacle wrongNumbers(String device, String detail) {
    return new CudaObstacle(device + " computes wrongly (" + detail + ")", REPORT);
  }

  /**
   * @param what was being done: {@code the NVIDIA driver}
   */
  static CudaObstacle hangs(String what, long seconds) {
    return new CudaObstacle(
        "%s did not answer within %d s and was stopped".formatted(what, seconds),
        "see that nvidia-smi answers, restart the machine" + OR_CPU);
  }

  static CudaObstacle crashes(String what, String detail) {
    return new CudaObstacle(what + " crashed (" + detail + ")", REPORT);
  }

  static CudaObstacle garbage(String what, String detail) {
    return new CudaObstacle(what + " gave no answer that can be read (" + detail + ")", REPORT);
  }

  private static String list(List<CudaDevice> devices) {
    return devices.stream().map(CudaDevice::toString).collect(Collectors.joining("; "));
  }
}
