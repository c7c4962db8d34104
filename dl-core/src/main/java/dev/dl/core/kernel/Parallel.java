package dev.dl.core.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * A fixed team of threads that runs numbered tasks together with the calling thread.
 *
 * <p>Which thread runs a task is decided by arrival, so a task's work and the place of its result
 * must follow from its number alone; then results are the same from run to run. Calls may come from
 * several threads at once and from inside a task.
 */
public final class Parallel implements AutoCloseable {
  private final int threads;
  private final Team team;

  private Parallel(int threads, Team team) {
    this.threads = threads;
    this.team = team;
  }

  /**
   * A team of its own, whose threads start with its first work.
   *
   * @param threads at least 1, counting the caller of {@link #run}: 1 runs everything there
   */
  public static Parallel of(int threads) {
    return new Parallel(valid(threads), new JavaTeam(threads));
  }

  /**
   * The team of OpenMP that oneDNN's loops run on too, once oneDNN is loaded; one of its own where
   * that is not GNU's.
   *
   * @param threads as many as OpenMP uses
   */
  public static Parallel onOpenMp(int threads) {
    return OpenMpTeam.find(valid(threads))
        .map(team -> new Parallel(threads, team))
        .orElseGet(() -> of(threads));
  }

  private static int valid(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: got " + threads + ", expected at least 1");
    }
    return threads;
  }

  /** Threads that work at once, the caller among them. */
  public int threads() {
    return threads;
  }

  /**
   * Runs {@code task} once for each number in {@code [0, tasks)} and returns when all have ended.
   * What they wrote is visible to the caller. After a failure no further task begins, and the first
   * failure is thrown once none is running.
   */
  public void run(int tasks, IntConsumer task) {
    Job job = new Job(tasks, task);
    team.run(Math.max(1, Math.min(threads, tasks)), job);
    job.await();
  }

  /** Ends the threads; tasks already begun finish. */
  @Override
  public void close() {
    team.close();
  }

  /** One call of {@link #run}; a helper that comes late finds no task left and goes. */
  private static final class Job implements Runnable {
    private final int tasks;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch unfinished;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Job(int tasks, IntConsumer task) {
      this.tasks = tasks;
      this.task = task;
      this.unfinished = new CountDownLatch(tasks);
    }

    @Override
    public void run() {
      for (int number = next.getAndIncrement(); number < tasks; number = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            task.accept(number);
          }
        } catch (Throwable thrown) {
          failure.compareAndSet(null, thrown);
        } finally {
          unfinished.countDown();
        }
      }
    }

    /** Waits even when interrupted: the tasks use memory that the caller may free. */
    void await() {
      boolean interrupted = false;
      while (true) {
        try {
          unfinished.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
