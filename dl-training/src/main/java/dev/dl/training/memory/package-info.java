/**
 * What a training takes of the memory for tensors, estimated before it begins. What happens when
 * memory runs out all the same is in {@code training.loop} and {@code training.evaluation}.
 */
package dev.dl.training.memory;
