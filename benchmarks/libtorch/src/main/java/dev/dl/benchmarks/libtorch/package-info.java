/**
 * libtorch as an engine to compare with, through DJL: its networks are TorchScript programs, among
 * the resources, so that a step runs in libtorch alone.
 */
package dev.dl.benchmarks.libtorch;
