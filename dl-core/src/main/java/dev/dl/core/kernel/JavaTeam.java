package dev.dl.core.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of Java, which start with their first work. Idle ones are parked, never spinning, so that
 * they leave the cores to native libraries with teams of their own.
 */
final class JavaTeam implements Team {
  private final ExecutorService helpers;

  JavaTeam(int threads) {
    AtomicInteger started = new AtomicInteger();
    helpers =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            work -> {
              Thread thread = new Thread(work, "dl-kernel-" + started.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void run(int threads, Runnable work) {
    for (int i = 1; i < threads; i++) {
      helpers.execute(work);
    }
    work.run();
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
