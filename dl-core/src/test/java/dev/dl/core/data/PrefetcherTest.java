package dev.dl.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.data.problem.DataException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrefetcherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void keepsTheOrderWhenALaterBatchIsReadyFirst() {
    CountDownLatch laterIsReady = new CountDownLatch(1);
    List<Integer> order = new ArrayList<>();
    try (Prefetcher prefetcher =
        start(
            4,
            2,
            batch -> {
              if (batch == 0) {
                await(laterIsReady);
              } else {
                laterIsReady.countDown();
              }
              return batch(batch);
            })) {
      prefetcher.forEachRemaining(batch -> order.add(batch.samples()[0]));
      assertThat(prefetcher.waited()).isPositive();
    }

    assertThat(order).containsExactly(0, 1, 2, 3);
  }

  @Test
  @Timeout(30)
  void assemblesMoreAheadWhileTheConsumerHasToWaitButNeverWithoutBounds() {
    AtomicInteger started = new AtomicInteger();
    try (Prefetcher prefetcher =
        start(
            1000,
            2,
            batch -> {
              started.incrementAndGet();
              LockSupport.parkNanos(100_000);
              return batch(batch);
            })) {
      IntStream.range(0, 300).forEach(i -> prefetcher.next());
      while (started.get() < 310) {
        Thread.onSpinWait();
      }
      assertThat(started.get()).isLessThanOrEqualTo(300 + 64);
    }
  }

  @Test
  void handsAnErrorToTheConsumerInThePlaceOfItsBatch() {
    try (Prefetcher prefetcher =
        start(
            3,
            2,
            batch -> {
              if (batch == 1) {
                throw new DataException("cat.png", "nothing", "a picture");
              }
              return batch(batch);
            })) {
      assertThat(prefetcher.next().samples()).containsExactly(0);
      assertThatThrownBy(prefetcher::next)
          .isInstanceOf(DataException.class)
          .hasMessage("cat.png: found nothing, expected a picture");
    }
  }

  @Test
  void reportsAThreadThatHangs() {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch closed = new CountDownLatch(1);
    IntFunction<Batch> hangs =
        batch -> {
          await(closed);
          return batch(batch);
        };
    try (Prefetcher prefetcher = Prefetcher.start(0, 1, hangs, 1, Duration.ofMillis(20))) {
      assertThatThrownBy(prefetcher::next)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("no batch within");
    }
  }

  @Test
  void endsItsThreadsWhenClosedAfterTheBatchesThatTheyHaveBegun() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch bothRun = new CountDownLatch(2);
    Prefetcher prefetcher =
        start(
            100,
            2,
            batch -> {
              threads.add(Thread.currentThread());
              begun.incrementAndGet();
              bothRun.countDown();
              await(closed);
              return batch(batch);
            });
    bothRun.await();
    prefetcher.close();
    closed.countDown();

    assertThat(threads).hasSize(2);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(begun).hasValue(2);
    assertThat(prefetcher.hasNext()).isFalse();
    assertThatThrownBy(prefetcher::next).isInstanceOf(NoSuchElementException.class);
  }

  private static Prefetcher start(int count, int threads, IntFunction<Batch> assemble) {
    return Prefetcher.start(0, count, assemble, threads, PATIENCE);
  }

  private static Batch batch(int number) {
    return new Batch(new float[0], new float[1], new int[] {number});
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
