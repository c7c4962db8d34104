/**
 * The training loop: one visible loop, what a step does, and the callbacks that watch. Nothing here
 * knows a model, a dataset or a file format.
 */
package dev.dl.training.loop;
