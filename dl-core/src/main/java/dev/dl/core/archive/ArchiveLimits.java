package dev.dl.core.archive;

/**
 * What an archive may hold.
 *
 * @param entries files and folders
 * @param bytes of all files together, unpacked
 */
public record ArchiveLimits(int entries, long bytes) {}
