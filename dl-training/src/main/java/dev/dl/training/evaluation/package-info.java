/**
 * Networks measured and used: evaluation over splits, prediction of files, both from a run
 * directory alone.
 */
package dev.dl.training.evaluation;
