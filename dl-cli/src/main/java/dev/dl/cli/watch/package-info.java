/**
 * The pages of {@code ./dl watch}: a server on this machine that reads run directories and keeps
 * nothing else. Who may ask is {@link dev.dl.cli.watch.Guard}, what may be read {@link
 * dev.dl.cli.watch.RunsFolder}.
 */
package dev.dl.cli.watch;
