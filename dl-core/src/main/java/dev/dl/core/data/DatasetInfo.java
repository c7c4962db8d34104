package dev.dl.core.data;

import java.util.List;

/**
 * What is known of a source of data without opening it.
 *
 * @param name as {@code data.source} gives it
 * @param description one line
 * @param licence SPDX identifier, or the empty string where it depends on the user's data
 * @param classNames by class index; empty where they depend on the user's data
 * @param pathNeeded whether {@code data.path} has to say where the data lies
 * @param download files that {@code ./dl data get} fetches; empty where there is nothing to fetch
 */
public record DatasetInfo(
    String name,
    String description,
    String licence,
    List<String> classNames,
    boolean pathNeeded,
    List<RemoteFile> download) {

  public DatasetInfo {
    classNames = List.copyOf(classNames);
    download = List.copyOf(download);
  }
}
