package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sources of data that {@code data.source} can name: the one list of them. */
public final class DatasetCatalog {
  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");

  private final List<DataSource> sources;
  private final Path downloads;

  private DatasetCatalog(List<DataSource> sources, Path downloads) {
    this.sources = List.copyOf(sources);
    this.downloads = downloads;
  }

  /** The catalogue with downloads in {@code $DL_DATA}, or else in {@code ~/.cache/dl/data}. */
  public static DatasetCatalog standard() {
    return standard(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static DatasetCatalog standard(Map<String, String> environment, Path home) {
    long memory = Runtime.getRuntime().maxMemory() / 2;
    String folder = environment.getOrDefault("DL_DATA", "");
    return of(
        List.of(
            new FashionMnist10k(),
            new FashionMnist(List.of(DEBIAN)),
            new IdxFolder(),
            new ImageFolder(memory),
            new ImageSource(memory),
            new TextSource(memory),
            new LanguageSource(memory),
            new TableSource(memory)),
        folder.isEmpty() ? home.resolve(".cache/dl/data") : Path.of(folder));
  }

  static DatasetCatalog of(List<DataSource> sources, Path downloads) {
    return new DatasetCatalog(sources, downloads);
  }

  /** What is known of every source, in the order of the list. */
  public List<DatasetInfo> datasets() {
    return sources.stream().map(DataSource::info).toList();
  }

  /**
   * What is known of one source.
   *
   * @throws ConfigException if there is none of that name
   */
  public DatasetInfo info(String name) {
    return source(name).info();
  }

  /** The folder of downloads; each dataset has a folder of its name in it. */
  public Path downloads() {
    return downloads;
  }

  /**
   * Fetches a dataset into a folder; files that are there already and right are kept.
   *
   * @throws ConfigException if there is none of that name, or it is not one to fetch
   * @throws DataException if what came has the wrong SHA-256
   * @throws IOException if nothing came
   */
  public void download(String name, Path folder, DownloadProgress progress) throws IOException {
    List<RemoteFile> files = info(name).download();
    if (files.isEmpty()) {
      throw new ConfigException(
          "dataset",
          name,
          datasets().stream()
              .filter(dataset -> !dataset.download().isEmpty())
              .map(DatasetInfo::name)
              .collect(Collectors.joining(", ", "one that can be fetched: ", "")),
          "");
    }
    new Download(progress).fetch(files, folder);
  }

  DataSource source(String name) {
    return sources.stream()
        .filter(source -> source.info().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    "data.source",
                    String.valueOf(name),
                    sources.stream()
                        .map(source -> source.info().name())
                        .collect(Collectors.joining(", ", "one of ", "")),
                    ""));
  }
}
