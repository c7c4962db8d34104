/** What people see while they wait: progress, tables, colour, width. Nothing here knows a verb. */
package dev.dl.cli.terminal;
