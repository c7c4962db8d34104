/**
 * What is wrong with data, as one exception for whatever reads it. How it is told, and with which
 * exit code, is no matter of these packages.
 */
package dev.dl.core.data.problem;
