package dev.dl.core.run;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The right to write to a directory. The operating system holds it, so it ends with the process,
 * however that ends; the file stays and says who held it last.
 */
public final class RunLock implements AutoCloseable {
  static final String FILE = ".lock";

  private static final long RETRY_MILLISECONDS = 50;

  /** Beyond the text, so that the text stays readable where locks forbid reading (Windows). */
  private static final long LOCKED_BYTE = 1 << 20;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits until no other process has a directory, and takes it. */
  public static RunLock await(Path directory) throws IOException {
    while (true) {
      try {
        return take(directory, FILE);
      } catch (RunLockedException taken) {
        pause(directory);
      }
    }
  }

  private static void pause(Path directory) throws InterruptedIOException {
    try {
      Thread.sleep(RETRY_MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + directory);
    }
  }

  /**
   * Takes the right to do one thing with a run, of which there may be several.
   *
   * @param name of the file that stands for it, in the run directory
   * @throws RunLockedException when another process, or this one, has it
   */
  public static RunLock take(Path run, String name) throws IOException {
    Path file = run.resolve(name);
    FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw new RunLockedException(run, holder(file));
      }
      String owner = "process " + ProcessHandle.current().pid() + " on " + hostName();
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
      return new RunLock(channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new RunLockedException(run, "this process");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static String holder(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? "another process" : text;
    } catch (IOException e) {
      return "another process";
    }
  }

  /** Without asking a name server. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return Optional.ofNullable(System.getenv("COMPUTERNAME"))
          .or(() -> Optional.ofNullable(System.getenv("HOSTNAME")))
          .orElse("this machine");
    }
  }
}
