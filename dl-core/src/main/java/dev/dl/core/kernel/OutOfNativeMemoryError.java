package dev.dl.core.kernel;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The memory for tensors, which is outside of the heap, has run out: its limit or the machine's.
 */
public final class OutOfNativeMemoryError extends OutOfMemoryError {
  private static final long serialVersionUID = 1;

  /** What JavaCPP, ND4J and oneDNN say. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "Failed to allocate memory within limits|Physical memory usage is too high"
              + "|Cannot allocate new |[Aa]llocation failed|[Ff]ailed to allocate"
              + "|out_of_memory|could not allocate");

  private OutOfNativeMemoryError(Throwable cause) {
    super(cause.getMessage());
    initCause(cause);
  }

  /** The result of {@code work}; libraries each have their own way to say that memory ran out. */
  public static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (OutOfMemoryError | RuntimeException failure) {
      Optional<OutOfNativeMemoryError> found = in(failure);
      if (found.isPresent()) {
        throw found.get();
      }
      throw failure;
    }
  }

  /** What a failure says if it, or what caused it, is that this memory ran out. */
  public static Optional<OutOfNativeMemoryError> in(Throwable failure) {
    Throwable first = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfNativeMemoryError known) {
        return Optional.of(known);
      }
      boolean possible = cause instanceof OutOfMemoryError || cause instanceof RuntimeException;
      if (possible && cause.getMessage() != null && MESSAGE.matcher(cause.getMessage()).find()) {
        first = cause;
      }
    }
    return Optional.ofNullable(first).map(OutOfNativeMemoryError::new);
  }
}
