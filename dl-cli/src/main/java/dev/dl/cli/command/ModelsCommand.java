package dev.dl.cli.command;

import dev.dl.cli.terminal.Console;
import dev.dl.models.KnownModels;
import dev.dl.models.Model;
import dev.dl.training.FittedGraph;
import dev.dl.training.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the models, draws one layer by layer, or measures them. */
@Command(mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
  private final RunServices services;
  private final Console console;

  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL|CONFIG",
      description = {
        "One model is drawn layer by layer, several are listed (default: all are).",
        "A configuration's is drawn as it is fitted to the data."
      })
  private List<String> names = List.of();

  @Mixin private MeasuringOptions measuring;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write it all as JSON.")
  private Path json;

  @Mixin private PluginOptions plugins;

  ModelsCommand(RunServices services, Console console) {
    this.services = services;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    KnownModels known = plugins.models();
    if (!measuring.asked() && names.size() == 1 && names.get(0).matches(".*\\.ya?ml")) {
      return draw(fitted(Path.of(names.get(0)), known));
    }
    List<Model> models =
        names.isEmpty()
            ? known.models()
            : names.stream().map(name -> known.require("MODEL", name)).toList();
    if (measuring.asked()) {
      return measure(models).number();
    }
    if (names.size() == 1) {
      return draw(ModelDrawing.of(models.get(0)));
    }
    List<ModelRow> rows = models.stream().map(ModelRow::of).toList();
    show(ModelRow.table(rows), rows);
    return ExitCode.SUCCESS.number();
  }

  private static ModelDrawing fitted(Path config, KnownModels known) throws IOException {
    RunSpec spec = SpecFile.read(config, List.of(), known);
    return ModelDrawing.of(spec.model().title(), FittedGraph.of(spec, known, Path.of("")));
  }

  private int draw(ModelDrawing drawing) throws IOException {
    show(drawing.text(), drawing);
    return ExitCode.SUCCESS.number();
  }

  private ExitCode measure(List<Model> models) throws IOException {
    List<MeasuredModel> measured =
        MeasuredModel.measure(models, measuring.settings(command), services, console);
    show(MeasuredModel.table(measured), measured);
    return measured.stream().allMatch(MeasuredModel::tooLarge)
        ? ExitCode.OUT_OF_MEMORY
        : ExitCode.SUCCESS;
  }

  private void show(String text, Object value) throws IOException {
    console.out().print(text);
    if (json != null) {
      Json.write(json, value);
    }
  }
}
