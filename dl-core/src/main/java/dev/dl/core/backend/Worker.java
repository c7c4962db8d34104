package dev.dl.core.backend;

import dev.dl.core.kernel.Kernels;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * A device that computes beside that of the calling thread: its kernels, and the one thread that
 * may call them.
 *
 * @param name as a user knows the device: {@code cuda:1 NVIDIA RTX A4000, ...}
 */
public record Worker(String name, Kernels kernels, ExecutorService thread) {

  /**
   * Starts the thread, which ends with the process.
   *
   * @param number of the worker, not 0, which is the calling thread
   * @param kernels made on that thread, which is attached to their device by it
   */
  static Worker start(int number, String name, Supplier<Kernels> kernels) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread worker = new Thread(work, "worker-" + number);
              worker.setDaemon(true);
              return worker;
            });
    return new Worker(name, get(name, thread.submit(kernels::get)), thread);
  }

  /** Begins work on the device. */
  public <T> Future<T> submit(Callable<T> work) {
    return thread.submit(work);
  }

  /**
   * The result of work that was begun. Waits even when interrupted, since the work uses memory that
   * the caller may change afterwards.
   *
   * @throws WorkerFailedException if the work failed with an exception
   * @throws Error if it failed with an error
   */
  public <T> T get(Future<T> work) {
    return get(name, work);
  }

  private static <T> T get(String name, Future<T> work) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException stopped) {
          interrupted = true;
        } catch (ExecutionException failed) {
          if (failed.getCause() instanceof Error error) {
            throw error;
          }
          throw new WorkerFailedException(name, failed.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
