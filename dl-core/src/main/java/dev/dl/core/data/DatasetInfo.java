package dev.dl.core.data;

import java.util.List;

/**
 * What is known of a source of data without opening it.
 *
 * @param name as {@code data.source} gives it
 * @param description one line
 * @param licence SPDX identifier, or a few words; the empty string where the data is the user's
 * @param count of pictures, texts, words or rows in all splits; 0 where the data is the user's
 * @param classNames by class index; empty where they are learnt from the data
 */
public record DatasetInfo(
    String name,
    DatasetTask task,
    String description,
    String licence,
    long count,
    List<String> classNames,
    DatasetOrigin origin) {

  public DatasetInfo {
    classNames = List.copyOf(classNames);
  }

  /** A kind of files that the user has. */
  static DatasetInfo ofYours(String name, DatasetTask task, String description) {
    return new DatasetInfo(name, task, description, "", 0, List.of(), DatasetOrigin.yours());
  }
}
