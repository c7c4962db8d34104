package dev.dl.core.kernel;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * The threads that OpenMP runs oneDNN's loops on. A second team would have to take the cores from
 * these, which spin for a while after each loop, and give them back after its own.
 *
 * <p>One caller at a time gets the team; one that comes meanwhile, or from inside the work, works
 * alone.
 */
final class OpenMpTeam implements Team {
  private static final int LAZY_AND_LOCAL = 1;

  private final int threads;
  private final Cores cores;
  private final ThreadLocal<Integer> number = ThreadLocal.withInitial(this::place);
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Entry entry = this::enter;
  private final Pointer entryAddress;
  private volatile IntConsumer work;

  /** What each thread of the team calls. */
  private interface Entry extends Callback {
    void enter(Pointer nothing);
  }

  /** GNU's OpenMP library. */
  private static final class Gomp {
    /** Runs a function on a team of threads, the caller's among them, and waits for all. */
    static native void GOMP_parallel(Pointer function, Pointer data, int threads, int flags);

    /** The number of the calling thread in its team; that of the caller is 0. */
    static native int omp_get_thread_num();

    /** How many threads the loops that the calling thread begins shall have. */
    static native void omp_set_num_threads(int threads);
  }

  private OpenMpTeam(int threads, Cores cores) {
    this.threads = threads;
    this.cores = cores;
    Native.setCallbackThreadInitializer(
        entry, new CallbackThreadInitializer(true, false, "dl-openmp"));
    this.entryAddress = CallbackReference.getFunctionPointer(entry);
  }

  /**
   * The team, where oneDNN has GNU's OpenMP library. Another copy may be loaded beside it, as was
   * seen beside many other processes: only oneDNN's counts.
   *
   * @param oneDnn a library that oneDNN is loaded with
   * @param threads that loops of oneDNN, which the calling thread begins, have from now on
   */
  static Optional<OpenMpTeam> find(String oneDnn, int threads) {
    try {
      NativeLibrary library = library(oneDnn);
      Native.register(Gomp.class, library);
      Gomp.omp_set_num_threads(threads);
      SpinThrottle.start(library, threads);
      return Optional.of(new OpenMpTeam(threads, Cores.available()));
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      return Optional.empty();
    }
  }

  /**
   * Through which the dynamic linker finds what it found for oneDNN: what all see comes first.
   * Opened for this class alone, since ND4J has an older oneDNN of its own inside.
   */
  private static NativeLibrary library(String oneDnn) {
    NativeLibrary process = NativeLibrary.getProcess();
    try {
      process.getFunction("GOMP_parallel");
      return process;
    } catch (UnsatisfiedLinkError notForAll) {
      return NativeLibrary.getInstance(oneDnn, Map.of(Library.OPTION_OPEN_FLAGS, LAZY_AND_LOCAL));
    }
  }

  @Override
  public void run(int wanted, IntConsumer work) {
    if (wanted == 1 || !busy.compareAndSet(false, true)) {
      work.accept(0);
      return;
    }
    try {
      this.work = work;
      Gomp.GOMP_parallel(entryAddress, null, threads, 0);
    } finally {
      this.work = null;
      busy.set(false);
    }
  }

  /** Loops of oneDNN inside the work run on one thread, and its primitives are made for one. */
  private void enter(Pointer nothing) {
    Gomp.omp_set_num_threads(1);
    work.accept(number.get());
  }

  /**
   * The number of this thread, which it keeps on a core of its own where the team has the whole
   * machine: one that wakes up on the caller's core waits there until the system notices. The
   * caller itself stays free, as the threads that it starts would be kept where it is.
   */
  private int place() {
    int number = Gomp.omp_get_thread_num();
    if (number > 0 && cores.count() == threads) {
      cores.keepOn(number);
    }
    return number;
  }

  @Override
  public void close() {
    // The threads belong to OpenMP.
  }
}
