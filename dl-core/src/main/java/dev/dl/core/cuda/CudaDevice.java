package dev.dl.core.cuda;

/**
 * A GPU as its driver describes it.
 *
 * @param index its place among those that are visible
 * @param mebibytes of its memory
 * @param major generation of its instructions, and with {@code minor} its compute capability
 */
public record CudaDevice(int index, String name, long mebibytes, int major, int minor) {

  /** Its compute capability as NVIDIA writes it: {@code 8.6}. */
  public String capability() {
    return major + "." + minor;
  }

  @Override
  public String toString() {
    return "cuda:%d %s, %d MiB, compute capability %s"
        .formatted(index, name, mebibytes, capability());
  }
}
