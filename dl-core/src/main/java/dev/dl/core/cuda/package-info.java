/**
 * What there is of CUDA on a machine, and whether it computes. A broken driver or library cannot be
 * undone in the process that loaded it, and may hang it or kill it: so both are asked by child
 * processes, {@link dev.dl.core.cuda.ProbeProcess}, which answer in one line. Nothing here decides
 * what a run takes.
 */
package dev.dl.core.cuda;
