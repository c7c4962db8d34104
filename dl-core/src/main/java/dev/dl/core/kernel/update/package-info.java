/**
 * Optimizer arithmetic over flat buffers: one pass over parameters, gradient and optimizer state.
 *
 * <p>All parameters of a network are one dense vector, all gradients another, and every state of an
 * optimizer one of the same length. Which optimizer, which learning rate and which parameters are
 * the caller's to decide.
 */
package dev.dl.core.kernel.update;
