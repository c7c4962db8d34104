/**
 * Random changes to training pictures: to one of them ({@link Transform}) and to a batch of them
 * mixed with each other ({@link Mixing}). Each takes its random numbers from {@link
 * dev.dl.core.random.Draws}, so it is a function of those and of the pictures alone. What the
 * changes do is what torchvision does to Pillow's 8-bit pictures. Which of them a run uses, and on
 * which samples, is decided in {@code data}, which uses this package; nothing here uses that one.
 */
package dev.dl.core.data.augment;
