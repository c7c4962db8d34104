package dev.dl.core.cuda;

import dev.dl.core.cuda.CudaDriver.FailedException;
import dev.dl.core.cuda.ProbeAnswer.Failure;
import dev.dl.core.kernel.nd4j.Nd4jKernels;
import dev.dl.core.process.ChildProcess;
import dev.dl.core.run.JsonFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * The child process: {@link #DRIVER} asks the driver, {@link #COMPUTE} with the index of a device
 * computes there. It answers with a {@link ProbeAnswer} as the last line of its standard output.
 */
public final class ProbeProcess {
  static final String DRIVER = "driver";
  static final String COMPUTE = "compute";

  private ProbeProcess() {}

  public static void main(String[] arguments) throws IOException {
    ChildProcess.endWithParent();
    ProbeAnswer answer =
        arguments[0].equals(DRIVER) ? askDriver() : compute(Integer.parseInt(arguments[1]));
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write('\n'); // behind whatever a library printed
      out.write(JsonFile.line(answer));
    }
    Runtime.getRuntime().halt(0); // threads of libraries may still run
  }

  private static ProbeAnswer askDriver() {
    int version = 0;
    try {
      CudaDriver driver = new CudaDriver(DriverLibrary.find().orElseThrow().load());
      version = driver.version();
      driver.initialize();
      return ProbeAnswer.ofDriver(version, driver.devices());
    } catch (FailedException failure) {
      return ProbeAnswer.failed(
          failure.noDevice() ? Failure.NO_DEVICE : Failure.DRIVER, firstLine(failure), version);
    } catch (LinkageError failure) {
      return ProbeAnswer.failed(Failure.DRIVER, firstLine(failure), version);
    }
  }

  private static ProbeAnswer compute(int device) {
    try {
      CudaSetup.use(List.of(device));
      ServiceLoader.load(Nd4jBackend.class).stream()
          .filter(backend -> backend.type().getName().contains("JCublas"))
          .findFirst()
          .orElseThrow(() -> new UnsatisfiedLinkError("ND4J's CUDA backend"))
          .get()
          .isAvailable(); // throws the reason, which ND4J itself would only log
      Optional<String> difference = SmallComputation.difference(new Nd4jKernels(DataType.FLOAT));
      return difference.isPresent()
          ? ProbeAnswer.failed(Failure.NUMBERS, difference.get(), 0)
          : ProbeAnswer.ofComputation(CudaSetup.cudnnVersion());
    } catch (RuntimeException | LinkageError failure) {
      return ProbeAnswer.failed(Failure.LIBRARY, firstLine(root(failure)), 0);
    }
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(failure.getCause());
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }
}
