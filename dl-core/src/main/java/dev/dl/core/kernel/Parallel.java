package dev.dl.core.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/**
 * A fixed team of threads that runs numbered tasks together with the calling thread.
 *
 * <p>Each thread begins with its own run of neighbouring tasks, the same at each call, so that it
 * finds in its caches what it left there; one that has ended its own takes from the others. A
 * task's work and the place of its result must therefore follow from its number alone; then results
 * are the same from run to run. Calls may come from several threads at once and from inside a task.
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
   * The team of OpenMP that oneDNN's loops run on too; one of its own where that is not GNU's.
   * Loads oneDNN.
   *
   * @param threads that loops of oneDNN, which the calling thread begins, have from now on
   */
  public static Parallel onOpenMp(int threads) {
    String oneDnn = Loader.load(dnnl.class);
    return OpenMpTeam.find(oneDnn, valid(threads))
        .map(team -> new Parallel(threads, team))
        .orElseGet(() -> of(threads));
  }

  private static int valid(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: got " + threads + ", expected at least 1");
    }
    return threads;
  }

  /** Whether loops of oneDNN inside a task run on the task's thread alone. */
  public boolean isOpenMp() {
    return team instanceof OpenMpTeam;
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
    int wanted = Math.max(1, Math.min(threads, tasks));
    Job job = new Job(tasks, wanted, task);
    team.run(wanted, job::run);
    job.await();
  }

  /**
   * As {@link #run}, with each task on the thread of its number, which may keep for the next call
   * what it prepared. On OpenMP's team a task goes to the caller only when the team is at work.
   *
   * @param tasks at most as many as threads
   */
  public void runByThread(int tasks, IntConsumer task) {
    Job job = new Job(tasks, tasks, task);
    team.run(tasks, job::runShare);
    job.run(0);
    job.await();
  }

  /** Ends the threads; tasks already begun finish. */
  @Override
  public void close() {
    team.close();
  }

  /** One call of {@link #run}; a helper that comes late finds no task left and goes. */
  private static final class Job {
    /** Counters so far apart that no two share a line of the caches. */
    private static final int SPACING = 16;

    private final int tasks;
    private final int shares;
    private final IntConsumer task;
    private final AtomicIntegerArray next;
    private final CountDownLatch unfinished;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Job(int tasks, int shares, IntConsumer task) {
      this.tasks = tasks;
      this.shares = shares;
      this.task = task;
      this.unfinished = new CountDownLatch(tasks);
      this.next = new AtomicIntegerArray(shares * SPACING);
      for (int share = 0; share < shares; share++) {
        next.set(share * SPACING, first(share));
      }
    }

    /** The first task of a thread's share; that of the share after the last is the end of all. */
    private int first(int share) {
      return (int) ((long) tasks * share / shares);
    }

    /** Runs the tasks of one share, then what is left of the others. */
    void run(int thread) {
      for (int i = 0; i < shares; i++) {
        runShare((thread + i) % shares);
      }
    }

    /** Runs what is left of one share, if there is such a share. */
    void runShare(int share) {
      if (share >= shares) {
        return;
      }
      int end = first(share + 1);
      while (true) {
        int number = next.getAndIncrement(share * SPACING);
        if (number >= end) {
          return;
        }
        runTask(number);
      }
    }

    private void runTask(int number) {
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
