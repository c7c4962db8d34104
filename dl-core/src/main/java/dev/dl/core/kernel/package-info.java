/**
 * Tensor kernels and the threads that run them. Nothing here knows of layers, networks or training.
 */
package dev.dl.core.kernel;
