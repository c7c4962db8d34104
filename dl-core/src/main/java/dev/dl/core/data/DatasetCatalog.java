package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import dev.dl.core.data.problem.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sources of data that {@code data.source} can name: the one list of them. */
public final class DatasetCatalog {
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
    List<DataSource> sources = new ArrayList<>(BuiltInDatasets.all(memory));
    sources.addAll(PublicDatasets.all(memory));
    sources.addAll(PublicWeights.all(home));
    sources.addAll(
        List.of(
            new IdxFolder(),
            new ImageFolder(memory),
            new ImageSource(memory),
            new MaskFolder(memory),
            new TextSource(memory),
            new TaggedSource(memory),
            new LanguageSource(memory),
            new TableSource(memory)));
    return of(sources, folder.isEmpty() ? home.resolve(".cache/dl/data") : Path.of(folder));
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
   * Where a dataset lies that is no part of dl, if {@code data.path} need not say it.
   *
   * @throws ConfigException if there is none of that name
   */
  public Optional<Path> place(String name) {
    return source(name).place(downloads);
  }

  /**
   * The file of published weights.
   *
   * @return empty if there are none of that name
   * @throws DataMissingException if they have not been fetched
   */
  public Optional<Path> weights(String name) {
    return published(name).map(weights -> weights.file(PublicWeights.WEIGHTS, downloads));
  }

  /** The {@code tokenizer.json} of published weights, as {@link #weights}. */
  public Optional<Path> tokenizer(String name) {
    return published(name).map(weights -> weights.file(PublicWeights.TOKENIZER, downloads));
  }

  private Optional<PublicWeights> published(String name) {
    return sources.stream()
        .filter(PublicWeights.class::isInstance)
        .map(PublicWeights.class::cast)
        .filter(weights -> weights.info().name().equals(name))
        .findFirst();
  }

  /**
   * Fetches a dataset into its folder of the downloads; files that are there already and right are
   * kept.
   *
   * @param acceptUnverified whether files are wanted whose SHA-256 is not known
   * @return whether there was anything to do
   * @throws ConfigException if there is none of that name, it is not one to fetch, or it has files
   *     that are not wanted
   * @throws DataException if what came has the wrong SHA-256, or is an archive that is refused
   * @throws IOException if nothing came, or not all; the next call goes on from there
   */
  public boolean download(String name, boolean acceptUnverified, DownloadProgress progress)
      throws IOException {
    DatasetOrigin origin = info(name).origin();
    if (origin.download().isEmpty()) {
      throw new ConfigException(
          "dataset",
          name,
          datasets().stream()
              .filter(dataset -> !dataset.origin().download().isEmpty())
              .map(DatasetInfo::name)
              .collect(Collectors.joining(", ", "one that can be fetched: ", "")),
          "");
    }
    if (!origin.verified() && !acceptUnverified) {
      throw new ConfigException(
          "dataset",
          name + ", of which not every SHA-256 is known",
          "one whose files can be checked",
          "--accept-unverified takes what comes");
    }
    return new Download(progress).fetch(origin.download(), downloads.resolve(name));
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
