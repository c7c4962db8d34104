package dev.dl.models.network;

import dev.dl.core.kernel.OutOfNativeMemoryError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays through which samples enter a network. Those of the next pass can be filled while the
 * network computes, on a thread of their own; with a GPU that is when they travel there. ND4J keeps
 * the values in pinned memory of the host on their way, and each of its threads has a stream of its
 * own.
 */
final class InputFeed {
  private final Arrays arrays;
  private final Map<List<Integer>, INDArray> current = new HashMap<>();
  private final Map<List<Integer>, INDArray> spare = new HashMap<>();
  private ExecutorService thread;
  private Following following;
  private Ahead ahead;

  /** How the arrays are made and filled. */
  interface Arrays {
    INDArray allocate(int samples, int size);

    void write(float[] values, INDArray array);
  }

  /** Values that are to be sent once the pass before theirs has its own. */
  private record Following(float[] values, int samples) {}

  /** Values on their way into an array. */
  private record Ahead(float[] values, List<Integer> shape, INDArray array, Future<?> arrived) {}

  InputFeed(Arrays arrays) {
    this.arrays = arrays;
  }

  /** Says what the pass after the next one is over: these values travel while that one computes. */
  void announce(float[] values, int samples) {
    following = new Following(values, samples);
  }

  /** Begins to fill an array with what follows; where memory is short, it travels in its turn. */
  private void sendFollowing() {
    if (following == null) {
      return;
    }
    float[] values = following.values;
    List<Integer> shape = shape(values, following.samples);
    following = null;
    discard();
    try {
      INDArray array = spare.computeIfAbsent(shape, this::allocate);
      ahead = new Ahead(values, shape, array, thread().submit(() -> fill(values, array)));
    } catch (OutOfNativeMemoryError tooMuch) {
      // later, into the array that is there
    }
  }

  private static List<Integer> shape(float[] values, int samples) {
    return List.of(samples, values.length / samples);
  }

  private void fill(float[] values, INDArray array) {
    arrays.write(values, array);
    Nd4j.getExecutioner().commit(); // has arrived, not only been sent
  }

  private INDArray allocate(List<Integer> shape) {
    return arrays.allocate(shape.get(0), shape.get(1));
  }

  /** A thread of the device of the calling one. */
  private ExecutorService thread() {
    if (thread == null) {
      int device = Nd4j.getAffinityManager().getDeviceForCurrentThread();
      thread =
          Executors.newSingleThreadExecutor(
              work -> {
                Thread feeding =
                    new Thread(
                        () -> {
                          Nd4j.getAffinityManager().unsafeSetDevice(device);
                          work.run();
                        },
                        "dl-feed");
                feeding.setDaemon(true);
                return feeding;
              });
    }
    return thread;
  }

  /** An array of these values, which stay in it until the next call for as many samples. */
  INDArray of(float[] values, int samples) {
    List<Integer> shape = shape(values, samples);
    INDArray array;
    if (ahead != null && ahead.values == values && ahead.shape.equals(shape)) {
      array = ahead.array;
      await();
      spare.remove(shape);
      INDArray before = current.put(shape, array);
      if (before != null) {
        spare.put(shape, before);
      }
    } else {
      array = current.computeIfAbsent(shape, this::allocate);
      arrays.write(values, array);
    }
    sendFollowing();
    return array;
  }

  /** Forgets values that are on their way, and whatever happens to them. */
  private void discard() {
    if (ahead != null) {
      try {
        await();
      } catch (IllegalStateException | OutOfMemoryError forgotten) {
        // nobody wants them any more
      }
    }
  }

  /** Waits for the values, also when interrupted: their array must not change any more. */
  private void await() {
    Future<?> arrived = ahead.arrived;
    ahead = null;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          arrived.get();
          return;
        } catch (InterruptedException stopped) {
          interrupted = true;
        } catch (ExecutionException failed) {
          if (failed.getCause() instanceof Error error) {
            throw error;
          }
          throw new IllegalStateException(failed.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives all arrays back. */
  void release() {
    following = null;
    discard();
    current.values().forEach(INDArray::close);
    current.clear();
    spare.values().forEach(INDArray::close);
    spare.clear();
  }
}
