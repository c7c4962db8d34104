/**
 * The command line as its users meet it: processes that are started, signalled and killed, and the
 * files that they leave.
 */
package dev.dl.cli.process;
