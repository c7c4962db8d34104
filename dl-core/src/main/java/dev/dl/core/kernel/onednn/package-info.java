/**
 * Kernels for the CPU on oneDNN (https://github.com/uxlfoundation/oneDNN), float32, images channels
 * last. Primitives are made once per batch size and reused; nothing here is visible to layers but
 * through {@code Kernels}.
 */
package dev.dl.core.kernel.onednn;
