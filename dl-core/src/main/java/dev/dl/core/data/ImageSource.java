package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Pictures that a list names, or that lie in tar shards: whichever a split's name is of. */
final class ImageSource implements DataSource {
  private static final String WHAT =
      "a list of pictures (.csv, .tsv, .jsonl, .parquet), a .tar, a folder of them, or"
          + " shards-{0000..0009}.tar";
  private static final DatasetInfo INFO =
      DatasetInfo.ofYours(
          "images",
          DatasetTask.IMAGES,
          "pictures with labels: data.train is a CSV, TSV, JSON-lines or Parquet list with a"
              + " column path, or tar shards with WebDataset's names");

  private final long memoryBudget;

  /** Keeps the pictures in memory if they take no more bytes than this. */
  ImageSource(long memoryBudget) {
    this.memoryBudget = memoryBudget;
  }

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    List<String> notices = new ArrayList<>();
    Map<Split, Pictures> pictures = new EnumMap<>(Split.class);
    for (Map.Entry<Split, String> name : SplitFiles.names(spec, WHAT).entrySet()) {
      pictures.put(name.getKey(), pictures(name.getKey(), name.getValue(), spec, base, notices));
    }
    return new PictureOpening(spec, memoryBudget, notices).open(pictures);
  }

  private static Pictures pictures(
      Split split, String name, DataSpec spec, Path base, List<String> notices) throws IOException {
    if (ShardNames.isPattern(name)) {
      return ShardReader.read(ShardNames.expanded(name, base), spec, notices);
    }
    Path place = SplitFiles.existing(split, name, base);
    if (ShardNames.isShard(place)) {
      return ShardReader.read(List.of(place), spec, notices);
    }
    if (!Files.isDirectory(place)) {
      return ImageList.read(place, spec, notices);
    }
    List<Path> shards = ShardNames.in(place);
    if (shards.isEmpty()) {
      throw new ConfigException(
          "data." + split.label(),
          place + ", a folder without .tar files",
          WHAT,
          "a folder with a sub-folder of pictures for each class is data.source=image-folder");
    }
    return ShardReader.read(shards, spec, notices);
  }
}
