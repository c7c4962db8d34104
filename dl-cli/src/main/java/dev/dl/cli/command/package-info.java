/**
 * One file per verb, and the table from exceptions to exit codes. A verb parses its arguments,
 * calls {@link dev.dl.cli.command.RunServices} and prints; the work itself is in the other modules.
 */
package dev.dl.cli.command;
