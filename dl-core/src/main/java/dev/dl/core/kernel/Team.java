package dev.dl.core.kernel;

/** Threads that run the same work at once. */
interface Team extends AutoCloseable {

  /**
   * Runs {@code work} in the calling thread and in some of the others, and returns when it has
   * ended in the calling thread. Others may still be running it, or begin it later.
   *
   * @param threads how many are wanted, the calling one among them
   */
  void run(int threads, Runnable work);

  /** Ends the threads, once they have ended what they run. */
  @Override
  void close();
}
