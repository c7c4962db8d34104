package dev.dl.core.data;

import java.util.List;

/**
 * Where a dataset comes from.
 *
 * @param bytes of its files as they are stored; 0 where they are the user's
 * @param download files that {@code ./dl data get} fetches; empty where there is nothing to fetch
 */
public record DatasetOrigin(Kind kind, long bytes, List<RemoteFile> download) {

  /** Who has it. */
  public enum Kind {
    /** It is a part of dl. */
    BUILT_IN,
    /** It is public, to be fetched once. */
    PUBLIC,
    /** It is what the user has, where {@code data.path} or {@code data.train} say. */
    YOURS
  }

  public DatasetOrigin {
    download = List.copyOf(download);
  }

  static DatasetOrigin builtIn(long bytes) {
    return new DatasetOrigin(Kind.BUILT_IN, bytes, List.of());
  }

  static DatasetOrigin of(List<RemoteFile> download) {
    long bytes = download.stream().mapToLong(RemoteFile::bytes).sum();
    return new DatasetOrigin(Kind.PUBLIC, bytes, download);
  }

  static DatasetOrigin yours() {
    return new DatasetOrigin(Kind.YOURS, 0, List.of());
  }

  /** Whether what is fetched can be checked: the SHA-256 of every file is known. */
  public boolean verified() {
    return download.stream().allMatch(RemoteFile::verified);
  }
}
