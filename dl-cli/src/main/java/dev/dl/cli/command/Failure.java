package dev.dl.cli.command;

import dev.dl.cli.terminal.Printable;
import dev.dl.cli.watch.PortTakenException;
import dev.dl.core.backend.BackendUnavailableException;
import dev.dl.core.backend.WorkerFailedException;
import dev.dl.core.config.ConfigException;
import dev.dl.core.data.DataMissingException;
import dev.dl.core.data.image.ImageFormatException;
import dev.dl.core.data.problem.DataException;
import dev.dl.core.kernel.OutOfNativeMemoryError;
import dev.dl.core.run.DamagedFileException;
import dev.dl.core.run.RunLockedException;
import dev.dl.core.run.RunNotWritableException;
import dev.dl.core.run.StorageException;
import dev.dl.core.tensorfile.TensorFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * What a thrown exception means to the user: the one place that maps exceptions to exit codes.
 *
 * @param exitCode what the process returns
 * @param message one line for each problem: where, found, expected, remedy
 */
record Failure(ExitCode exitCode, String message) {

  /** One row of the table: exceptions of this type, or of a subtype, end with this code. */
  private record Rule<T extends Throwable>(
      Class<T> type, ExitCode exitCode, Function<T, String> message) {

    static <T extends Throwable> Rule<T> of(Class<T> type, ExitCode exitCode) {
      return new Rule<>(type, exitCode, Throwable::getMessage);
    }

    Failure failure(Throwable thrown) {
      return new Failure(exitCode, message.apply(type.cast(thrown)));
    }
  }

  /** The first rule that fits is taken, so a subtype stands above its supertype. */
  private static final List<Rule<?>> TABLE =
      List.of(
          Rule.of(ConfigException.class, ExitCode.USAGE),
          Rule.of(BackendUnavailableException.class, ExitCode.UNAVAILABLE),
          Rule.of(WorkerFailedException.class, ExitCode.UNAVAILABLE),
          Rule.of(DataException.class, ExitCode.BAD_FILE),
          Rule.of(TensorFileException.class, ExitCode.BAD_FILE),
          Rule.of(ImageFormatException.class, ExitCode.BAD_FILE),
          Rule.of(DamagedFileException.class, ExitCode.BAD_FILE),
          Rule.of(RunNotWritableException.class, ExitCode.CANNOT_CREATE),
          Rule.of(RunLockedException.class, ExitCode.LOCKED),
          Rule.of(PortTakenException.class, ExitCode.LOCKED),
          Rule.of(StorageException.class, ExitCode.INPUT_OUTPUT),
          Rule.of(DataMissingException.class, ExitCode.INPUT_MISSING),
          Rule.of(CannotCreateException.class, ExitCode.CANNOT_CREATE),
          new Rule<>(
              OutOfNativeMemoryError.class, ExitCode.OUT_OF_MEMORY, Failure::outOfNativeMemory),
          new Rule<>(OutOfMemoryError.class, ExitCode.OUT_OF_MEMORY, Failure::outOfHeap),
          new Rule<>(
              NoSuchFileException.class,
              ExitCode.INPUT_MISSING,
              thrown -> thrown.getFile() + ": no such file or directory"),
          Rule.of(FileNotFoundException.class, ExitCode.INPUT_MISSING),
          new Rule<>(
              AccessDeniedException.class,
              ExitCode.NO_PERMISSION,
              thrown -> thrown.getFile() + ": permission denied"),
          new Rule<>(
              FileAlreadyExistsException.class,
              ExitCode.CANNOT_CREATE,
              thrown -> thrown.getFile() + ": cannot be created, it exists already"),
          new Rule<>(
              NotDirectoryException.class,
              ExitCode.CANNOT_CREATE,
              thrown -> thrown.getFile() + ": not a directory"),
          Rule.of(FileSystemException.class, ExitCode.INPUT_OUTPUT),
          Rule.of(IOException.class, ExitCode.INPUT_OUTPUT),
          new Rule<>(UnsatisfiedLinkError.class, ExitCode.UNAVAILABLE, Failure::nativeLibrary),
          new Rule<>(NoClassDefFoundError.class, ExitCode.UNAVAILABLE, Failure::nativeLibrary));

  /** The failure that a thrown exception amounts to. */
  static Failure of(Throwable thrown) {
    Throwable cause =
        OutOfNativeMemoryError.in(thrown)
            .map(Throwable.class::cast)
            .orElseGet(() -> unwrap(thrown));
    return TABLE.stream()
        .filter(rule -> rule.type().isInstance(cause))
        .findFirst()
        .map(rule -> rule.failure(cause))
        .orElseGet(
            () ->
                new Failure(
                    ExitCode.UNEXPECTED,
                    cause + "; this is a bug, --debug shows where it happened"));
  }

  /** The message as it is printed: prefixed, with control characters made visible. */
  String text() {
    return message
        .lines()
        .map(line -> "dl: " + Printable.of(line) + "\n")
        .reduce("", String::concat);
  }

  private static Throwable unwrap(Throwable thrown) {
    boolean wrapper =
        thrown instanceof UncheckedIOException
            || thrown instanceof ExecutionException
            || thrown instanceof CompletionException
            || thrown instanceof InvocationTargetException
            || thrown instanceof ExceptionInInitializerError;
    return wrapper && thrown.getCause() != null ? unwrap(thrown.getCause()) : thrown;
  }

  private static String outOfHeap(OutOfMemoryError thrown) {
    return "out of memory, of the heap of at most %d MiB: %s; raise its limit, such as"
            .formatted(Runtime.getRuntime().maxMemory() >> 20, thrown.getMessage())
        + " DL_JAVA_OPTIONS=-Xmx8g, or lower data.cache.memoryMegabytes";
  }

  private static String outOfNativeMemory(OutOfNativeMemoryError thrown) {
    return "out of memory, of that for tensors: "
        + thrown.getMessage().lines().findFirst().orElse("")
        + "; raise its limit, such as DL_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.maxBytes=8g, or take a"
        + " smaller model or smaller samples";
  }

  private static String nativeLibrary(LinkageError thrown) {
    return "a native library cannot be loaded: "
        + thrown.getMessage()
        + "; ./dl doctor says what this machine has";
  }
}
