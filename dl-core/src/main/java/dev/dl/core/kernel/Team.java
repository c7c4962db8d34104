package dev.dl.core.kernel;

import java.util.function.IntConsumer;

/** Threads that run the same work at once. */
interface Team extends AutoCloseable {

  /**
   * Runs {@code work} in the calling thread and in some of the others, and returns when it has
   * ended in the calling thread. Others may still be running it, or begin it later.
   *
   * @param threads how many are wanted, the calling one among them
   * @param work is given the number of the thread that runs it, the same at each call; the calling
   *     one's is 0
   */
  void run(int threads, IntConsumer work);

  /** Ends the threads, once they have ended what they run. */
  @Override
  void close();
}
