package dev.dl.training.checkpoint;

import dev.dl.core.tensorfile.Tensor;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves checkpoints while training goes on, one at a time: a save that is due while another is in
 * flight waits for it before it takes its snapshot, so that there is never more than one copy of
 * what a run holds. For use by one thread.
 */
public final class BackgroundSaver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundSaver.class);

  private final CheckpointStore store;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread saver = new Thread(work, "saver");
            saver.setDaemon(true); // who leaves at once does not wait for it
            return saver;
          });
  private CompletableFuture<Void> inFlight = CompletableFuture.completedFuture(null);

  /**
   * What a checkpoint is made of, copied at one instant.
   *
   * @param best whether it is the best so far
   */
  public record Snapshot(
      TrainingState state,
      Map<String, Tensor> weights,
      Map<String, Tensor> optimizer,
      boolean best) {}

  public BackgroundSaver(CheckpointStore store) {
    this.store = store;
  }

  /**
   * Takes a snapshot on this thread, and begins to save it on another.
   *
   * @throws IOException if the save before has failed; then nothing is begun
   */
  public void save(Supplier<Snapshot> snapshot) throws IOException {
    long start = System.nanoTime();
    await();
    Snapshot taken = snapshot.get();
    inFlight = CompletableFuture.runAsync(() -> write(taken), thread);
    LOG.debug("training waited {} ms to save step {}", millisSince(start), taken.state.step());
  }

  /** Throws if the last save has failed, once; does not wait for one that is in flight. */
  public void check() throws IOException {
    if (inFlight.isDone()) {
      await();
    }
  }

  /** Waits for the save in flight. */
  @Override
  public void close() throws IOException {
    try {
      await();
    } finally {
      thread.shutdown();
    }
  }

  /** Waits for the save in flight, and throws if it fails. */
  public void await() throws IOException {
    CompletableFuture<Void> save = inFlight;
    inFlight = CompletableFuture.completedFuture(null);
    try {
      save.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  private void write(Snapshot snapshot) {
    long start = System.nanoTime();
    try {
      store.save(snapshot.state, snapshot.weights, snapshot.optimizer, snapshot.best);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
    LOG.info(
        "saved step {} in {} ms{}",
        snapshot.state.step(),
        millisSince(start),
        snapshot.best ? ", the best so far" : "");
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
