package dev.dl.core.data;

import java.net.URI;
import java.util.List;

/**
 * A file to be had from the network.
 *
 * @param name under which it is stored
 * @param addresses tried in this order
 * @param sha256 of the decompressed content, in hexadecimal: mirrors compress differently
 */
public record RemoteFile(String name, List<URI> addresses, String sha256) {

  public RemoteFile {
    addresses = List.copyOf(addresses);
  }
}
