/**
 * Work in processes of its own, for what may hang or crash, such as native libraries. Nothing here
 * knows what the processes do.
 */
package dev.dl.core.process;
