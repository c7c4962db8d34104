package dev.dl.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ParallelTest {
  /** As many threads as the environment of the tests gives OpenMP. */
  private static final int TEAM = 2;

  @ParameterizedTest
  @CsvSource({"1,0", "1,5", "2,1", "2,1000", "4,3", "4,1000"})
  void runsEachTaskOnce(int threads, int tasks) {
    AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
    try (Parallel parallel = Parallel.of(threads)) {
      parallel.run(tasks, runs::incrementAndGet);
    }
    for (int i = 0; i < tasks; i++) {
      assertThat(runs.get(i)).as("task %d", i).isEqualTo(1);
    }
  }

  @Test
  void allThreadsWorkAtOnceAndTheCallerIsOneOfThem() {
    CyclicBarrier everybody = new CyclicBarrier(3);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    try (Parallel parallel = Parallel.of(3)) {
      parallel.run(
          3,
          task -> {
            seen.add(Thread.currentThread());
            await(everybody);
          });
    }
    assertThat(seen).hasSize(3).contains(Thread.currentThread());
  }

  @Test
  void aTaskMayRunTasksItself() {
    AtomicIntegerArray runs = new AtomicIntegerArray(64);
    try (Parallel parallel = Parallel.of(2)) {
      parallel.run(8, i -> parallel.run(8, j -> runs.incrementAndGet(8 * i + j)));
    }
    for (int i = 0; i < 64; i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  @Test
  void theFailureOfATaskReachesTheCallerAndTheTeamGoesOn() {
    AtomicIntegerArray runs = new AtomicIntegerArray(10);
    try (Parallel parallel = Parallel.of(2)) {
      assertThatThrownBy(
              () ->
                  parallel.run(
                      1000,
                      task -> {
                        throw new IllegalStateException("task " + task);
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("task ");
      parallel.run(10, runs::incrementAndGet);
    }
    assertThat(runs.get(9)).isEqualTo(1);
  }

  @Test
  void anInterruptedCallerStillWaitsForEveryTask() {
    AtomicIntegerArray runs = new AtomicIntegerArray(100);
    try (Parallel parallel = Parallel.of(2)) {
      Thread.currentThread().interrupt();
      parallel.run(100, runs::incrementAndGet);
      assertThat(Thread.interrupted()).isTrue();
    }
    for (int i = 0; i < 100; i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void theTeamOfOpenMpIsTheOneThatOneDnnRunsOn() {
    try (Parallel parallel = openMp()) {
      Set<String> names = ConcurrentHashMap.newKeySet();
      CyclicBarrier everybody = new CyclicBarrier(TEAM);
      parallel.run(
          TEAM,
          task -> {
            names.add(Thread.currentThread().getName());
            await(everybody);
          });
      assertThat(names).hasSize(TEAM).contains(Thread.currentThread().getName());
      assertThat(names).anyMatch(name -> name.startsWith("dl-openmp"));
    }
  }

  @Test
  void theTeamOfOpenMpRunsEachTaskOnceForCallersAtOnceAndInsideTasks() {
    AtomicIntegerArray runs = new AtomicIntegerArray(4 * 64 * 8);
    try (Parallel parallel = openMp();
        Parallel callers = Parallel.of(4)) {
      callers.run(
          4,
          caller ->
              parallel.run(
                  64, i -> parallel.run(8, j -> runs.incrementAndGet((caller * 64 + i) * 8 + j))));
    }
    for (int i = 0; i < runs.length(); i++) {
      assertThat(runs.get(i)).as("task %d", i).isEqualTo(1);
    }
  }

  @Test
  void theFailureOfATaskOfOpenMpReachesTheCaller() {
    try (Parallel parallel = openMp()) {
      assertThatThrownBy(
              () ->
                  parallel.run(
                      100,
                      task -> {
                        throw new IllegalStateException("task " + task);
                      }))
          .isInstanceOf(IllegalStateException.class);
      AtomicIntegerArray runs = new AtomicIntegerArray(10);
      parallel.run(10, runs::incrementAndGet);
      assertThat(runs.get(9)).isEqualTo(1);
    }
  }

  private static Parallel openMp() {
    return Parallel.onOpenMp(TEAM);
  }

  @Test
  void aThreadCanKeepWhatItPreparedForItsTask() {
    try (Parallel parallel = openMp()) {
      Thread[] first = new Thread[TEAM];
      parallel.runByThread(TEAM, task -> first[task] = Thread.currentThread());
      assertThat(first).doesNotHaveDuplicates().startsWith(Thread.currentThread());
      for (int call = 0; call < 1000; call++) {
        Thread[] again = new Thread[TEAM];
        parallel.runByThread(TEAM, task -> again[task] = Thread.currentThread());
        assertThat(again).containsExactly(first);
      }
    }
  }

  @Test
  void tasksByThreadAllRunWhereTheTeamIsAtWork() {
    AtomicIntegerArray runs = new AtomicIntegerArray(2 * TEAM);
    try (Parallel parallel = openMp()) {
      parallel.run(
          2,
          outer -> parallel.runByThread(TEAM, task -> runs.incrementAndGet(outer * TEAM + task)));
    }
    for (int i = 0; i < runs.length(); i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachThreadBeginsWithTheTasksThatItHadBefore(boolean openMp) {
    try (Parallel parallel = openMp ? openMp() : Parallel.of(TEAM)) {
      for (int call = 0; call < 20; call++) {
        Thread[] ran = new Thread[100];
        CyclicBarrier both = new CyclicBarrier(2);
        parallel.run(
            100,
            task -> {
              ran[task] = Thread.currentThread();
              if (task == 0 || task == 50) {
                await(both);
              }
            });
        assertThat(ran[0]).isSameAs(Thread.currentThread());
        assertThat(ran[50]).isNotSameAs(Thread.currentThread());
      }
    }
  }

  @Test
  void rejectsAnEmptyTeam() {
    assertThatThrownBy(() -> Parallel.of(0)).hasMessage("threads: got 0, expected at least 1");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
