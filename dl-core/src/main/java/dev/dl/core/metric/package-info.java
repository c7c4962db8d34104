/**
 * Measures of how well predictions fit: gathered batch by batch in constant memory, and mergeable.
 * What a number is called in files and reports is decided here; which split it belongs to is not.
 */
package dev.dl.core.metric;
