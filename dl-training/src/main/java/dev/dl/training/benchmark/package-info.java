/**
 * How fast a model trains and predicts on this machine, and where its time goes. No data set is
 * involved: inputs and labels are random.
 */
package dev.dl.training.benchmark;
