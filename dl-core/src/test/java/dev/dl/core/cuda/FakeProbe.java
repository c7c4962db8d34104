package dev.dl.core.cuda;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.dl.core.cuda.ProbeAnswer.Failure;
import dev.dl.core.run.JsonFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers as {@link ProbeProcess} would on another machine: {@code MACHINE driver|compute}. */
final class FakeProbe {
  private static final CudaDevice AMPERE = device(0, "NVIDIA GeForce RTX 3090", 8, 6);
  private static final CudaDevice ADA = device(0, "NVIDIA GeForce RTX 4090", 8, 9);
  private static final CudaDevice HOPPER = device(0, "NVIDIA H100", 9, 0);

  private FakeProbe() {}

  public static void main(String[] arguments) throws InterruptedException {
    boolean driver = arguments[1].equals(ProbeProcess.DRIVER);
    answer(driver ? driver(arguments[0]) : compute(arguments[0], arguments[2]));
  }

  private static ProbeAnswer driver(String machine) throws InterruptedException {
    switch (machine) {
      case "driver hangs" -> {
        System.out.println(System.getProperty("user.dir"));
        Thread.sleep(Long.MAX_VALUE);
      }
      case "driver crashes" -> {
        System.out.println(System.getProperty("user.dir"));
        new Pointer(8).getInt(0);
      }
      case "driver is killed" -> abort();
      case "garbage" -> {
        System.out.println("{\"devices\": [}\n{}\nnull");
        System.exit(3);
      }
      default -> {}
    }
    return switch (machine) {
      case "driver too old" -> ProbeAnswer.ofDriver(11040, List.of(AMPERE));
      case "driver fails" ->
          ProbeAnswer.failed(Failure.DRIVER, "cuInit: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH", 12020);
      case "no device" -> ProbeAnswer.failed(Failure.NO_DEVICE, "cuInit: no device", 12020);
      case "hopper" -> ProbeAnswer.ofDriver(13000, List.of(HOPPER));
      case "ada" -> ProbeAnswer.ofDriver(12020, List.of(ADA));
      case "hopper and ampere" ->
          ProbeAnswer.ofDriver(12020, List.of(HOPPER, device(1, "NVIDIA GeForce RTX 3090", 8, 6)));
      default -> ProbeAnswer.ofDriver(11060, List.of(AMPERE));
    };
  }

  private static ProbeAnswer compute(String machine, String device) throws InterruptedException {
    switch (machine) {
      case "computation hangs" -> Thread.sleep(Long.MAX_VALUE);
      case "part of cudnn missing" -> {
        System.err.println("Could not load library libcudnn_cnn_infer.so.8. Error: not found");
        abort();
      }
      case "hopper and ampere" -> {
        if (!device.equals("1")) {
          throw new IllegalArgumentException(device);
        }
      }
      default -> System.out.println("a library\nthat prints");
    }
    return switch (machine) {
      case "cudnn missing" ->
          ProbeAnswer.failed(Failure.LIBRARY, "libcudnn.so.8: cannot open shared object file", 0);
      case "library missing" ->
          ProbeAnswer.failed(Failure.LIBRARY, "libcublas.so.11: file too short", 0);
      case "wrong product" ->
          ProbeAnswer.failed(Failure.NUMBERS, "matrix product: 0.0 at 0, the CPU has 4.0", 0);
      default -> ProbeAnswer.ofComputation(8302);
    };
  }

  private static void answer(ProbeAnswer answer) {
    System.out.println(new String(JsonFile.line(answer), StandardCharsets.UTF_8));
  }

  private static void abort() {
    NativeLibrary.getProcess().getFunction("abort").invokeVoid(new Object[0]);
  }

  private static CudaDevice device(int index, String name, int major, int minor) {
    return new CudaDevice(index, name, 24000, major, minor);
  }
}
