package dev.dl.core.data;

import dev.dl.core.data.problem.DataException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Batches in order, each assembled on another thread before it is asked for. A few lie ready, one
 * more each time that a batch was asked for too early, within bounds of memory. An error on a
 * thread reaches the caller of {@link #next} in the place of its batch. For one consuming thread;
 * {@link #close} ends the loading threads.
 */
public final class Prefetcher implements Iterator<Batch>, AutoCloseable {
  private static final int READY_PER_THREAD = 2;
  private static final int MOST_THREADS = 8;
  private static final int MOST_READY = 64;
  private static final long MOST_READY_FLOATS = 1L << 26;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ExecutorService threads;
  private final IntFunction<Batch> assemble;
  private final Duration patience;
  private final Queue<Future<Batch>> ahead = new ArrayDeque<>();
  private final int end;
  private int nextToAssemble;
  private volatile boolean closed;
  private long waitedNanos;

  private Prefetcher(
      int first, int end, IntFunction<Batch> assemble, ExecutorService threads, Duration patience) {
    this.nextToAssemble = first;
    this.end = end;
    this.assemble = assemble;
    this.threads = threads;
    this.patience = patience;
  }

  /** Starts to assemble the batches {@code first} to {@code end - 1}. */
  static Prefetcher start(int first, int end, IntFunction<Batch> assemble) {
    int processors = Runtime.getRuntime().availableProcessors();
    return start(
        first, end, assemble, Math.max(1, Math.min(processors / 2, MOST_THREADS)), PATIENCE);
  }

  static Prefetcher start(
      int first, int end, IntFunction<Batch> assemble, int threads, Duration patience) {
    if (first < 0 || first > end) {
      throw new IllegalArgumentException("batch " + first + " of " + end);
    }
    Prefetcher prefetcher = new Prefetcher(first, end, assemble, startThreads(threads), patience);
    for (int i = 0; i < threads * READY_PER_THREAD; i++) {
      prefetcher.assembleOneMore();
    }
    return prefetcher;
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  /**
   * The next batch, waited for if it is not ready.
   *
   * @throws DataException if its samples cannot be read, or not within five minutes
   */
  @Override
  public Batch next() {
    if (ahead.isEmpty()) {
      throw new NoSuchElementException();
    }
    long start = System.nanoTime();
    boolean late = !ahead.element().isDone();
    try {
      Batch batch = ahead.remove().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (late && hasRoomFor(batch)) {
        assembleOneMore();
      }
      return batch;
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } catch (TimeoutException e) {
      throw new DataException(
          "data loading", "no batch within " + patience.toSeconds() + " s", "a disk that answers");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", e);
    } finally {
      waitedNanos += System.nanoTime() - start;
      assembleOneMore();
    }
  }

  /** What {@link #next} would give without waiting, if anything. */
  public Optional<Batch> ready() {
    Future<Batch> first = ahead.peek();
    if (first == null || !first.isDone()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(first.get());
    } catch (ExecutionException failed) { // told by next()
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether one more batch such as this may lie ready beside all that do. */
  private boolean hasRoomFor(Batch batch) {
    int ready = ahead.size() + 1;
    return ready < MOST_READY && (long) ready * batch.inputs().length < MOST_READY_FLOATS;
  }

  /** How long {@link #next} has waited so far, in all. */
  public Duration waited() {
    return Duration.ofNanos(waitedNanos);
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdown();
    ahead.clear();
  }

  private void assembleOneMore() {
    if (nextToAssemble < end) {
      int batch = nextToAssemble++;
      ahead.add(threads.submit(() -> closed ? null : assemble.apply(batch)));
    }
  }

  private static ExecutorService startThreads(int count) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, "dl-data-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  private static RuntimeException unwrapped(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(cause);
  }
}
