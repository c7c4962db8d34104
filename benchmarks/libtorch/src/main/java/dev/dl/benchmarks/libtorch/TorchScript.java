package dev.dl.benchmarks.libtorch;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.dl.benchmarks.Workload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript program, loaded from source: an archive as {@code torch.jit.save} writes it is a
 * zip of source files and of a pickled object, so neither needs Python.
 */
final class TorchScript {
  /** The newest that libtorch 2.7.1 writes. */
  private static final String FORMAT_VERSION = "10\n";

  /** Pickle of an object of the program's class, its containers empty. */
  private static final String OBJECT =
      "\u0080\u0002c__torch__\nProgram\n)\u0081}("
          + (pickled("training") + "\u0088")
          + Stream.of("weights", "statistics").map(name -> pickled(name) + "}").collect(joining())
          + Stream.of("trained", "gradients", "means", "squares", "steps")
              .map(name -> pickled(name) + "]")
              .collect(joining())
          + "ub.";

  /** Pickle of an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final Map<String, NDArray> names = new HashMap<>();

  private TorchScript(PtNDManager manager, PtSymbolBlock module) {
    this.manager = manager;
    this.module = module;
  }

  /** The program that trains the network of a workload, a resource, or fine-tunes it. */
  static TorchScript load(PtNDManager manager, Workload workload) {
    try {
      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(archive)) {
        put(zip, "code/__torch__.py", resource("program.py"));
        put(zip, "code/__torch__/nn.py", resource("nn.py"));
        put(zip, "code/__torch__/network.py", resource(workload.network().label() + ".py"));
        boolean whole = workload == workload.network();
        put(
            zip,
            "code/__torch__/tuning.py",
            resource((whole ? "whole" : workload.label()) + ".py"));
        put(zip, "data.pkl", bytes(OBJECT));
        put(zip, "constants.pkl", bytes(NO_CONSTANTS));
        put(zip, "version", bytes(FORMAT_VERSION));
      }
      // Slower here with it, and the transformer crashes in it at its third step.
      JniUtils.setGraphExecutorOptimize(false);
      return new TorchScript(
          manager,
          JniUtils.loadModule(
              manager, new ByteArrayInputStream(archive.toByteArray()), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry("program/" + name));
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String pickled(String attribute) {
    return "X" + (char) attribute.length() + "\0\0\0" + attribute;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream resource = TorchScript.class.getResourceAsStream(name)) {
      return resource.readAllBytes();
    }
  }

  /** Calls a method, recording what its gradients need; the caller closes what it returns. */
  NDArray callInTraining(String method, NDArray... arguments) {
    return call(method, true, arguments);
  }

  /** Calls a method that needs no gradients; the caller closes what it returns. */
  NDArray call(String method, NDArray... arguments) {
    return call(method, false, arguments);
  }

  private NDArray call(String method, boolean training, NDArray... arguments) {
    NDList inputs = new NDList(arguments);
    inputs.add(names.computeIfAbsent(method, this::nameOf));
    return IValueUtils.forward(module, inputs, training).singletonOrThrow();
  }

  /** What names the method among the arguments. */
  private NDArray nameOf(String method) {
    NDArray name = manager.create(0f);
    name.setName("module_method:" + method);
    return name;
  }
}
