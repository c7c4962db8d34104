/**
 * Tar archives: which members they have and where those lie. What members mean is not known here.
 */
package dev.dl.core.data.tar;
