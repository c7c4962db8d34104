/** The program itself: what starts it, and nothing else. The verbs are in {@code command}. */
package dev.dl.cli;
