/**
 * From a gradient to new parameters: update rules, schedules of the learning rate, clipping and
 * averages of the weights, all over flat buffers. The arithmetic itself is in {@code
 * dev.dl.core.kernel.update}; the loop that calls these is not here.
 */
package dev.dl.training.optimizer;
