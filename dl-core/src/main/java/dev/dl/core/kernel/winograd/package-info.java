/**
 * Winograd's minimal filtering F(4x4, 3x3) for convolutions with 3x3 kernels and stride 1 (Lavin
 * and Gray 2015, https://arxiv.org/abs/1509.09308): the transforms of images, kernels and gradients
 * between pixels and points. The products at the points are the business of the caller.
 *
 * <p>Images are channels last, float32. In a tile, 4x4 output pixels hang on 6x6 input pixels, and
 * become 6x6 points. Values at points are kept as {@code [36, tiles, channels]}, one matrix a
 * point. All transforms are plain loops over arrays of at least a few hundred floats, which the JIT
 * vectorizes.
 */
package dev.dl.core.kernel.winograd;
