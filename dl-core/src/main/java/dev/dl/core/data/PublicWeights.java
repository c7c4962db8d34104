package dev.dl.core.data;

import dev.dl.core.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Weights that somebody has published with the tokenizer that they were trained with: for {@code
 * model.pretrained}, not for {@code data.source}.
 *
 * @param localPlaces looked into before the downloads
 */
record PublicWeights(DatasetInfo info, List<Path> localPlaces) implements DataSource {
  static final String WEIGHTS = "model.safetensors";
  static final String TOKENIZER = "tokenizer.json";

  private static final String MINILM = "sentence-transformers/all-MiniLM-L6-v2";
  private static final String MINILM_REVISION = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41";

  PublicWeights {
    localPlaces = List.copyOf(localPlaces);
  }

  /**
   * All of them.
   *
   * @param home folder of the user, where other programs keep what they fetch
   */
  static List<DataSource> all(Path home) {
    return List.of(
        new PublicWeights(
            new DatasetInfo(
                "minilm-l6-v2",
                DatasetTask.WEIGHTS,
                "MiniLM of 6 layers for the meaning of sentences (Reimers and Gurevych 2019)",
                "Apache-2.0",
                22_713_216,
                List.of(),
                DatasetOrigin.of(
                    List.of(
                        file(
                            TOKENIZER,
                            466_247,
                            "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
                        file(
                            WEIGHTS,
                            90_868_376,
                            "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")))),
            List.of(
                home.resolve(".cache/huggingface/hub/models--" + MINILM.replace("/", "--"))
                    .resolve("snapshots")
                    .resolve(MINILM_REVISION))));
  }

  private static RemoteFile file(String name, long bytes, String sha256) {
    String folder = "https://huggingface.co/" + MINILM + "/resolve/" + MINILM_REVISION + "/";
    return RemoteFile.of(name, List.of(folder), bytes, sha256);
  }

  @Override
  public Optional<Path> place(Path downloads) {
    return places(downloads).filter(PublicWeights::isWhole).findFirst();
  }

  /** One of the files. */
  Path file(String name, Path downloads) {
    return place(downloads).orElseThrow(() -> missing(downloads)).resolve(name);
  }

  private Stream<Path> places(Path downloads) {
    return Stream.concat(localPlaces.stream(), Stream.of(downloads.resolve(info.name())));
  }

  private static boolean isWhole(Path folder) {
    return Files.isRegularFile(folder.resolve(WEIGHTS))
        && Files.isRegularFile(folder.resolve(TOKENIZER));
  }

  private DataMissingException missing(Path downloads) {
    return new DataMissingException(
        "%s: not in %s; fetch it with './dl data get %s'"
            .formatted(
                info.name(),
                places(downloads).map(Path::toString).collect(Collectors.joining(" nor ")),
                info.name()));
  }

  @Override
  public SourceData open(DataSpec spec, Path base, Path downloads) {
    throw new ConfigException(
        "data.source",
        info.name() + ", which is weights",
        "data",
        "name the weights in model.pretrained");
  }
}
