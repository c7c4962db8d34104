/**
 * What the tensor math runs on: the choice between CPU and CUDA, the native libraries that fit the
 * processor, and the report of what a machine offers. The choice is made before ND4J loads, so
 * nothing here but {@link dev.dl.core.backend.Doctor}'s probe touches it. Kernels live elsewhere.
 */
package dev.dl.core.backend;
