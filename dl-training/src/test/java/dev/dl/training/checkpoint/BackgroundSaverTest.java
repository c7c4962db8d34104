package dev.dl.training.checkpoint;

import static dev.dl.training.checkpoint.Samples.KEEP_TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dl.core.run.FileSystem;
import dev.dl.core.run.RunDirectory;
import dev.dl.core.run.StorageException;
import dev.dl.training.checkpoint.BackgroundSaver.Snapshot;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackgroundSaverTest {
  @TempDir private Path folder;
  private final CountDownLatch mayMove = new CountDownLatch(1);
  private RunDirectory run;

  @BeforeEach
  void create() throws IOException {
    run = Samples.newRun(folder.resolve("run"));
  }

  @AfterEach
  void close() throws IOException {
    run.close();
  }

  @Test
  void returnsWhileTheSaveIsInFlightAndClosingWaitsForIt() throws Exception {
    CheckpointStore store = store(slow());
    BackgroundSaver saver = new BackgroundSaver(store);

    saver.save(() -> snapshot(1));
    saver.check();

    assertThat(store.latest().checkpoint()).as("in flight").isEmpty();
    mayMove.countDown();
    saver.close();
    assertThat(step(store)).isEqualTo(1);
  }

  @Test
  void takesNoSnapshotBeforeTheSaveBeforeIsDone() throws Exception {
    CheckpointStore store = store(slow());
    try (BackgroundSaver saver = new BackgroundSaver(store)) {
      saver.save(() -> snapshot(1));
      new Thread(mayMove::countDown).start();
      saver.save(
          () -> {
            assertThat(step(store)).as("saved when the next snapshot is taken").isEqualTo(1);
            return snapshot(2);
          });
    }
    assertThat(step(store)).isEqualTo(2);
  }

  @Test
  void tellsAFailureOnceAndThenSavesAgain() throws Exception {
    CheckpointStore store = store(new FaultyFileSystem(12, false));
    try (BackgroundSaver saver = new BackgroundSaver(store)) {
      saver.save(() -> snapshot(1));
      assertThat(awaitFailure(saver)).isInstanceOf(StorageException.class);

      saver.check();
      saver.save(() -> snapshot(2));
    }
    assertThat(step(store)).isEqualTo(2);
  }

  @Test
  void aFailureIsToldInsteadOfTheNextSave() throws Exception {
    CheckpointStore store = store(new FaultyFileSystem(12, true));
    BackgroundSaver saver = new BackgroundSaver(store);
    saver.save(() -> snapshot(1));

    assertThatThrownBy(
            () ->
                saver.save(
                    () -> {
                      throw new AssertionError("no snapshot is taken");
                    }))
        .isInstanceOf(StorageException.class);
    saver.close();
  }

  @Test
  void closingTellsAFailure() throws Exception {
    BackgroundSaver saver = new BackgroundSaver(store(new FaultyFileSystem(12, true)));
    saver.save(() -> snapshot(1));

    assertThatThrownBy(saver::close).isInstanceOf(StorageException.class);
  }

  private CheckpointStore store(FileSystem storage) throws IOException {
    run.close();
    run = RunDirectory.open(folder.resolve("run"), storage);
    return CheckpointStore.open(run, KEEP_TWO);
  }

  /** Storage that renames nothing until it may. */
  private FileSystem slow() {
    FileSystem storage = FaultyFileSystem.none();
    return (FileSystem)
        Proxy.newProxyInstance(
            FileSystem.class.getClassLoader(),
            new Class<?>[] {FileSystem.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("move")) {
                mayMove.await();
              }
              return method.isDefault()
                  ? java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments)
                  : method.invoke(storage, arguments);
            });
  }

  private static IOException awaitFailure(BackgroundSaver saver) {
    AtomicReference<IOException> failure = new AtomicReference<>();
    while (failure.get() == null) {
      try {
        saver.check();
        Thread.onSpinWait();
      } catch (IOException e) {
        failure.set(e);
      }
    }
    return failure.get();
  }

  private static Snapshot snapshot(long step) {
    return new Snapshot(Samples.state(step), Samples.weights(step), Samples.optimizer(step), false);
  }

  private static long step(CheckpointStore store) {
    try {
      return store.latest().checkpoint().orElseThrow().state().step();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
