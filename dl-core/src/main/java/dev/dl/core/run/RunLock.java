package dev.dl.core.run;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to write to a directory. The operating system holds it, so it ends with the process,
 * however that ends; the file stays and says who held it last.
 */
public final class RunLock implements AutoCloseable {
  static final String FILE = ".lock";

  private static final long RETRY_MILLISECONDS = 50;

  /** Beyond the text, so that the text stays readable where locks forbid reading (Windows). */
  private static final long LOCKED_BYTE = 1 << 20;

  /** Whoever only asks whether it is taken has it for an instant: so it is tried this often. */
  private static final int ATTEMPTS = 5;

  private static final long PAUSE_MILLIS = 20;

  private static final int LONGEST_OWNER = 300;

  private static final Pattern OWNER = Pattern.compile("process (\\d{1,18})( on .*)");

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
      if (!locked(channel)) {
        throw new RunLockedException(run, holder(file));
      }
      String owner = "process " + ProcessHandle.current().pid() + onThisMachine();
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

  private static boolean locked(FileChannel channel) throws IOException {
    for (int attempt = 1; channel.tryLock(LOCKED_BYTE, 1, false) == null; attempt++) {
      if (attempt == ATTEMPTS) {
        return false;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /**
   * Whether another process holds the lock of a run. Not to be asked by the process that does:
   * where locks are those of POSIX, looking at its file would end it.
   */
  static boolean isHeld(Path run) throws IOException {
    Path file = run.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || ofAnEndedProcess(holder(file))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, READ);
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, true)) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /** Of this machine, so that there is no need to try: most runs of a folder have ended. */
  private static boolean ofAnEndedProcess(String holder) {
    Matcher owner = OWNER.matcher(holder);
    return owner.matches()
        && owner.group(2).equals(onThisMachine())
        && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static String holder(Path file) {
    try (InputStream input = Files.newInputStream(file)) {
      String text = new String(input.readNBytes(LONGEST_OWNER), StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? "another process" : text;
    } catch (IOException e) {
      return "another process";
    }
  }

  private static String onThisMachine() {
    return " on " + hostName();
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
