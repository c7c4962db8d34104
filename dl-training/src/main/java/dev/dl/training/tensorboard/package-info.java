/** Metrics in the files that TensorBoard reads; what of its format scalars need, and no more. */
package dev.dl.training.tensorboard;
