/** Where log events go: warnings to the terminal, everything to the run's log file. */
package dev.dl.cli.log;
