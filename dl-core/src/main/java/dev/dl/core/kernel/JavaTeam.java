package dev.dl.core.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

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
  public void run(int threads, IntConsumer work) {
    for (int i = 1; i < threads; i++) {
      int number = i;
      helpers.execute(() -> work.accept(number));
    }
    work.accept(0);
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
