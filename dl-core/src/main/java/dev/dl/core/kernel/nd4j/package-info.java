/**
 * Kernels made of ND4J operations: the reference that others are tested against, in float32 and
 * float64, and what runs on CUDA. Images are channels first.
 */
package dev.dl.core.kernel.nd4j;
