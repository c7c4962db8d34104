/**
 * Training throughput of our engine beside others: the same network, batch and threads, each engine
 * in processes of its own, in turns. {@code benchmarks/run} starts it.
 */
package dev.dl.benchmarks;
