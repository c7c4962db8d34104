package dev.dl.core.cuda;

import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of NVIDIA's driver that tell what there is
 * (https://docs.nvidia.com/cuda/cuda-driver-api).
 */
final class CudaDriver {
  private static final int NO_DEVICE = 100;
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int LONGEST_NAME = 256;
  private static final long MEBIBYTE = 1 << 20;

  private final NativeLibrary library;

  CudaDriver(NativeLibrary library) {
    this.library = library;
  }

  /** A function that did not succeed. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int error;

    FailedException(String message, int error) {
      super(message);
      this.error = error;
    }

    boolean noDevice() {
      return error == NO_DEVICE;
    }
  }

  /** The newest version of CUDA that it runs, {@code 11060}; it need not be initialized. */
  int version() throws FailedException {
    IntByReference version = new IntByReference();
    call("cuDriverGetVersion", version);
    return version.getValue();
  }

  void initialize() throws FailedException {
    call("cuInit", 0);
  }

  /** Those that are visible to this process. */
  List<CudaDevice> devices() throws FailedException {
    IntByReference count = new IntByReference();
    call("cuDeviceGetCount", count);
    List<CudaDevice> devices = new ArrayList<>();
    for (int index = 0; index < count.getValue(); index++) {
      devices.add(device(index));
    }
    return devices;
  }

  private CudaDevice device(int index) throws FailedException {
    IntByReference handle = new IntByReference();
    call("cuDeviceGet", handle, index);
    byte[] name = new byte[LONGEST_NAME];
    call("cuDeviceGetName", name, name.length, handle.getValue());
    LongByReference memory = new LongByReference();
    call("cuDeviceTotalMem_v2", memory, handle.getValue());
    return new CudaDevice(
        index,
        new String(name, StandardCharsets.UTF_8).replaceFirst("(?s)\0.*", "").strip(),
        memory.getValue() / MEBIBYTE,
        attribute(CAPABILITY_MAJOR, handle.getValue()),
        attribute(CAPABILITY_MINOR, handle.getValue()));
  }

  private int attribute(int attribute, int device) throws FailedException {
    IntByReference value = new IntByReference();
    call("cuDeviceGetAttribute", value, attribute, device);
    return value.getValue();
  }

  private void call(String function, Object... arguments) throws FailedException {
    int result = library.getFunction(function).invokeInt(arguments);
    if (result != 0) {
      throw new FailedException(function + ": " + errorName(result), result);
    }
  }

  private String errorName(int error) {
    PointerByReference name = new PointerByReference();
    int result = library.getFunction("cuGetErrorName").invokeInt(new Object[] {error, name});
    return result == 0 ? name.getValue().getString(0) : "error " + error;
  }
}
