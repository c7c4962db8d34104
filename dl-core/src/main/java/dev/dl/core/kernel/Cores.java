package dev.dl.core.kernel;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/**
 * The physical cores that this process may run on, each as the set of its processors: Linux's
 * numbers of them, two where a core runs two threads.
 */
record Cores(List<BitSet> processors) {
  private static final Path TOPOLOGY = Path.of("/sys/devices/system/cpu");
  private static final int MOST_PROCESSORS = 8192;

  /** The part of Linux's C library that places threads; process 0 is the calling thread. */
  private interface Scheduling extends Library {
    int sched_getaffinity(int process, long bytes, byte[] processors);

    int sched_setaffinity(int process, long bytes, byte[] processors);
  }

  private static final class Linux {
    static final Scheduling SCHEDULING = Native.load("c", Scheduling.class);
  }

  Cores {
    processors = List.copyOf(processors);
  }

  /** None where the system does not tell. */
  static Cores available() {
    byte[] mask = new byte[MOST_PROCESSORS / Byte.SIZE];
    try {
      if (!Files.isDirectory(TOPOLOGY)
          || Linux.SCHEDULING.sched_getaffinity(0, mask.length, mask) < 0) {
        return new Cores(List.of());
      }
      var cores = new TreeMap<String, BitSet>();
      List<BitSet> inOrder = new ArrayList<>();
      BitSet allowed = BitSet.valueOf(mask);
      for (int cpu = allowed.nextSetBit(0); cpu >= 0; cpu = allowed.nextSetBit(cpu + 1)) {
        Path siblings = TOPOLOGY.resolve("cpu" + cpu).resolve("topology/thread_siblings_list");
        cores
            .computeIfAbsent(
                Files.readString(siblings),
                unseen -> {
                  inOrder.add(new BitSet());
                  return inOrder.get(inOrder.size() - 1);
                })
            .set(cpu);
      }
      return new Cores(inOrder);
    } catch (IOException e) {
      return new Cores(List.of());
    }
  }

  int count() {
    return processors.size();
  }

  /** Keeps the calling thread on one core from now on. */
  void keepOn(int core) {
    byte[] mask = new byte[MOST_PROCESSORS / Byte.SIZE];
    byte[] set = processors.get(core).toByteArray();
    System.arraycopy(set, 0, mask, 0, set.length);
    Linux.SCHEDULING.sched_setaffinity(0, mask.length, mask);
  }
}
