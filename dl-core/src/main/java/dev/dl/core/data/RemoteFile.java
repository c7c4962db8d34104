package dev.dl.core.data;

import java.net.URI;
import java.util.List;

/**
 * A file to be had from the network.
 *
 * @param name under which it is stored
 * @param addresses tried in this order
 * @param bytes of the file at its first address
 * @param sha256 in hexadecimal: of an archive as it is, of any other file decompressed, as mirrors
 *     compress differently; the empty string where it is not known
 * @param content the folder in it that is put beside it; the empty string if it is no archive
 */
public record RemoteFile(
    String name, List<URI> addresses, long bytes, String sha256, String content) {

  public RemoteFile {
    addresses = List.copyOf(addresses);
  }

  /** A file to be used as it is, or decompressed. */
  static RemoteFile of(String name, List<String> folders, long bytes, String sha256) {
    return archive(name, folders, bytes, sha256, "");
  }

  /** A {@code .tar.gz} or {@code .zip} with a folder to be unpacked. */
  static RemoteFile archive(
      String name, List<String> folders, long bytes, String sha256, String content) {
    List<URI> addresses = folders.stream().map(folder -> URI.create(folder + name)).toList();
    return new RemoteFile(name, addresses, bytes, sha256, content);
  }

  /** Whether what was fetched can be checked. */
  public boolean verified() {
    return !sha256.isEmpty();
  }

  boolean isArchive() {
    return !content.isEmpty();
  }
}
