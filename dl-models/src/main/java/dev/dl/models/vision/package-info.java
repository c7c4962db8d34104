/**
 * Architectures for images: one file a family, its paper at the top, its variants as data at the
 * end.
 */
package dev.dl.models.vision;
