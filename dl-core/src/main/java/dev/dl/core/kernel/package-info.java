/**
 * The tensor kernels that layers are made of: one interface, {@link dev.dl.core.kernel.Kernels},
 * and one implementation a backend. Kernels write into arrays they are given and allocate no
 * activations; what a layer is, its parameters and its place in a network are not known here.
 */
package dev.dl.core.kernel;
