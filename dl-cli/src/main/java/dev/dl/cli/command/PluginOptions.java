package dev.dl.cli.command;

import dev.dl.models.KnownModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The user's own models. */
final class PluginOptions {
  @Option(
      names = "--plugins",
      paramLabel = "PATH",
      description = "A jar, or a folder of jars, with models of your own; may be given again.")
  private List<Path> plugins = List.of();

  /** The command that goes on with a run whose model may be from these. */
  String resumeCommand(Path run) {
    StringBuilder command = new StringBuilder("./dl train --resume --run " + quoted(run));
    plugins.forEach(path -> command.append(" --plugins ").append(quoted(path)));
    return command.toString();
  }

  private static String quoted(Path path) {
    String text = path.toString();
    boolean plain = text.matches("[A-Za-z0-9_./+@:][-A-Za-z0-9_./+@:]*");
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** The same options, for another process. */
  List<String> words() {
    return plugins.stream().flatMap(path -> Stream.of("--plugins", path.toString())).toList();
  }

  /** The models of the catalogue and of the plugins. */
  KnownModels models() throws IOException {
    return KnownModels.withPlugins(plugins);
  }
}
