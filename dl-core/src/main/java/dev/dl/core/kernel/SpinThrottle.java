package dev.dl.core.kernel;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the threads of OpenMP spin for long while they have the cores to themselves, and only
 * briefly while other threads want them. A spinning thread is at once there for the next loop; but
 * where cores are short it holds one that the rest of its own team may be waiting for.
 *
 * <p>GNU's library spins briefly by itself as long as it manages more threads than there are
 * processors. Idle ones, held here meanwhile, bring it to that.
 */
final class SpinThrottle {
  private static final Logger LOG = LoggerFactory.getLogger(SpinThrottle.class);
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** Threads of this process that wait for a core, on average: below 0.3 if it is alone. */
  private static final double CROWDED = 0.6;

  private static final double QUIET = 0.4;

  private static boolean started;

  private final Runnable team;
  private CountDownLatch relief;

  /**
   * Not yet watching.
   *
   * @param team has the library manage as many threads more as it takes
   */
  SpinThrottle(Runnable team) {
    this.team = team;
  }

  /**
   * Watches from now on, once for the process, where the system tells how long threads wait.
   *
   * @param library GNU's OpenMP library
   * @param threads of the team that spins
   */
  static synchronized void start(NativeLibrary library, int threads) {
    if (started || !Files.isReadable(THREADS.resolveSibling("schedstat"))) {
      return;
    }
    started = true;
    int processors = library.getFunction("omp_get_num_procs").invokeInt(new Object[0]);
    int idle = Math.max(2, processors - threads + 2);
    Pointer nothing = library.getFunction("omp_get_thread_num");
    var parallel = library.getFunction("GOMP_parallel");
    Runnable team = () -> parallel.invokeVoid(new Object[] {nothing, Pointer.NULL, idle, 0});
    Thread watch = new Thread(new SpinThrottle(team)::watch, "dl-spin-throttle");
    watch.setDaemon(true);
    watch.start();
  }

  private void watch() {
    try {
      Map<Path, Long> before = waited();
      while (true) {
        Thread.sleep(INTERVAL.toMillis());
        Map<Path, Long> now = waited();
        long delay = 0;
        for (var thread : now.entrySet()) {
          delay += thread.getValue() - before.getOrDefault(thread.getKey(), thread.getValue());
        }
        follow((double) delay / INTERVAL.toNanos());
        before = now;
      }
    } catch (InterruptedException | IOException e) {
      LOG.debug("spinning no longer follows the load", e);
    }
  }

  /**
   * Holds the idle threads or lets them go.
   *
   * @param waiting threads that wait for a core, on average
   */
  void follow(double waiting) {
    if (relief == null && waiting > CROWDED) {
      LOG.debug("{} threads wait for a core: spinning briefly", waiting);
      CountDownLatch over = new CountDownLatch(1);
      Thread holder = new Thread(() -> hold(over), "dl-spin-holder");
      holder.setDaemon(true);
      holder.start();
      relief = over;
    } else if (relief != null && waiting < QUIET) {
      LOG.debug("{} threads wait for a core: spinning for long", waiting);
      relief.countDown();
      relief = null;
    }
  }

  /** The library counts this thread's team until the thread ends. */
  private void hold(CountDownLatch over) {
    team.run();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nanoseconds that each thread was ready to run but had no core. */
  private static Map<Path, Long> waited() throws IOException {
    Map<Path, Long> waited = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        try {
          String[] numbers = Files.readString(thread.resolve("schedstat")).trim().split(" ");
          waited.put(thread, Long.parseLong(numbers[1]));
        } catch (NoSuchFileException e) {
          // The thread has ended.
        }
      }
    }
    return waited;
  }
}
