package dev.dl.core.data;

/** Hears how a download goes on. */
public interface DownloadProgress {

  /**
   * Some of a file has come.
   *
   * @param total bytes of the file, or -1 while that is not known
   */
  void received(String file, long bytes, long total);
}
