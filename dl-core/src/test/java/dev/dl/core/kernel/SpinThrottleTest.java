package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SpinThrottleTest {
  private final BlockingQueue<Thread> holders = new LinkedBlockingQueue<>();
  private final SpinThrottle throttle = new SpinThrottle(() -> holders.add(Thread.currentThread()));

  @Test
  void holdsIdleThreadsWhileThreadsWaitForCores() throws InterruptedException {
    throttle.follow(0.9);
    Thread holder = holders.poll(10, TimeUnit.SECONDS);
    for (double waiting : List.of(0.9, 0.5, 2.0)) {
      throttle.follow(waiting);
    }
    assertThat(holder.isAlive()).isTrue();
    throttle.follow(0.1);
    holder.join(10_000);
    assertThat(holder.isAlive()).isFalse();
    assertThat(holders).isEmpty();
  }

  @Test
  void leavesThemAloneWhereFewWait() {
    for (double waiting : List.of(0.0, 0.3, 0.5)) {
      throttle.follow(waiting);
    }
    assertThat(holders).isEmpty();
  }

  @Test
  void holdsThemAgainWhenTheCoresAreWantedAgain() throws InterruptedException {
    throttle.follow(0.9);
    Thread first = holders.poll(10, TimeUnit.SECONDS);
    throttle.follow(0.1);
    throttle.follow(0.9);
    Thread second = holders.poll(10, TimeUnit.SECONDS);
    assertThat(second).isNotNull().isNotSameAs(first);
    throttle.follow(0.1);
  }
}
