/** Archives that came from elsewhere, unpacked without trusting them. */
package dev.dl.core.archive;
