package dev.dl.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dataset that everybody can have: read from {@code data.path}, from a place where a package puts
 * it, or from the folder of downloads; never fetched by opening it.
 *
 * @param localPlaces looked into before the downloads
 * @param remedy what gets it besides a download: {@code 'apt-get install x'}; may be empty
 */
record PublicDataset(DatasetInfo info, DatasetFiles files, List<Path> localPlaces, String remedy)
    implements DataSource {

  PublicDataset {
    localPlaces = List.copyOf(localPlaces);
  }

  PublicDataset(DatasetInfo info, DatasetFiles files) {
    this(info, files, List.of(), "");
  }

  @Override
  public Optional<Path> place(Path downloads) {
    return find(usualPlaces(downloads));
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) throws IOException {
    List<Path> places =
        spec.path() == null
            ? usualPlaces(downloads)
            : List.of(base.resolve(spec.path()).normalize());
    Path folder = find(places).orElseThrow(() -> missing(places));
    return files.open(folder, spec, base);
  }

  private List<Path> usualPlaces(Path downloads) {
    return Stream.concat(localPlaces.stream(), Stream.of(downloads.resolve(info.name()))).toList();
  }

  /** The first place that has the files, in itself or in the folder that its archive has. */
  private Optional<Path> find(List<Path> places) {
    List<String> contents =
        info.origin().download().stream().map(RemoteFile::content).distinct().toList();
    return places.stream()
        .flatMap(place -> Stream.concat(Stream.of(place), contents.stream().map(place::resolve)))
        .filter(files::areIn)
        .findFirst();
  }

  private DataMissingException missing(List<Path> places) {
    return new DataMissingException(
        info.name()
            + ": not in "
            + places.stream().map(Path::toString).collect(Collectors.joining(" nor "))
            + "; fetch it with './dl data get "
            + info.name()
            + "'"
            + (remedy.isEmpty() ? "" : " or " + remedy)
            + ", or name its folder with data.path=FOLDER");
  }
}
