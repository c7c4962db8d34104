/**
 * The report of a run as one HTML file that needs no network. It takes plain figures and draws
 * them; measuring is done in {@code evaluation}, writing into the run directory by the caller.
 */
package dev.dl.training.report;
